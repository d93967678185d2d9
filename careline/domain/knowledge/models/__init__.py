from careline.domain.knowledge.models.articles import (
    Article,
    ArticleOpinion,
    ArticlePicture,
    ArticleText,
    ArticleVersion,
    Category,
)
from careline.domain.knowledge.models.canned import CannedFile, CannedReply, Macro, Use
from careline.domain.knowledge.models.guides import Guide, GuideRun, GuideVersion

__all__ = [
    "Article",
    "ArticleOpinion",
    "ArticlePicture",
    "ArticleText",
    "ArticleVersion",
    "CannedFile",
    "CannedReply",
    "Category",
    "Guide",
    "GuideRun",
    "GuideVersion",
    "Macro",
    "Use",
]
