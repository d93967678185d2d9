"""Articles that answer a question, and what is not answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key, Line


class SuggestionQuery(Struct):
    q: Annotated[
        str, Meta(max_length=300, description="The question, in anybody's words; misspelt ones are mended.")
    ] = ""
    limit: Annotated[int, Meta(ge=1, le=20)] = 8


class SuggestedArticle(Struct):
    """`cover`: how much of the question the article holds, 0 to 1; null where nothing was asked."""

    id: str
    language: str
    title: str
    summary: str
    audience: str
    cover: float | None


class SuggestedArticles(Struct):
    items: list[SuggestedArticle]


class NewArticleUse(Struct, forbid_unknown_fields=True):
    """`how`: as a link (only what customers may read), or as the article's own words."""

    article: Key
    how: Literal["link", "text"] = "link"


class ArticleUse(Struct):
    """`text` is what goes into the answer."""

    text: str


class Gap(Struct):
    """What was looked for in vain in the last 30 days: `nothing` of the `times` found nothing, `unhelped` said that it did not help."""

    words: str
    times: int
    nothing: int
    unhelped: int
    languages: list[str]
    last_at: datetime


class Gaps(Struct):
    items: list[Gap]


class GapAnswer(Struct, forbid_unknown_fields=True):
    """Without `article` nothing has to be written: the gap is closed. With it, the article is found by these words too."""

    words: Line
    article: Key | None = None
    language: Annotated[str, Meta(max_length=20)] = ""
