from careline.domain.knowledge.models.canned import CannedFile, CannedReply, Macro, Use

__all__ = ["CannedFile", "CannedReply", "Macro", "Use"]
