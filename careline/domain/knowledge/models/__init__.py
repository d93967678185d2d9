from careline.domain.knowledge.models.articles import (
    Article,
    ArticleOpinion,
    ArticlePicture,
    ArticleText,
    ArticleVersion,
    Category,
)
from careline.domain.knowledge.models.canned import CannedFile, CannedReply, Macro, Use
from careline.domain.knowledge.models.finding import (
    ArticleInCase,
    ArticleIndex,
    ArticlePhrase,
    ArticleWord,
    FindingWord,
    Search,
)
from careline.domain.knowledge.models.guides import Guide, GuideRun, GuideVersion

__all__ = [
    "Article",
    "ArticleInCase",
    "ArticleIndex",
    "ArticleOpinion",
    "ArticlePhrase",
    "ArticlePicture",
    "ArticleText",
    "ArticleVersion",
    "ArticleWord",
    "CannedFile",
    "CannedReply",
    "Category",
    "FindingWord",
    "Guide",
    "GuideRun",
    "GuideVersion",
    "Macro",
    "Search",
    "Use",
]
