from careline.domain.knowledge.models.canned import CannedFile, CannedReply, Macro, Use
from careline.domain.knowledge.models.guides import Guide, GuideRun, GuideVersion

__all__ = ["CannedFile", "CannedReply", "Guide", "GuideRun", "GuideVersion", "Macro", "Use"]
