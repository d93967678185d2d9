"""Articles: what holds in all their languages, their words in each, the way to readers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Moment, Named

Kind = Literal["article", "faq", "policy", "guide"]
Audience = Literal["public", "staff"]
State = Literal["draft", "review", "approved", "scheduled", "published", "replaced", "withdrawn"]
Code = Annotated[
    str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$", description="A language by its code.", examples=["en"])
]
Product = Annotated[str, Meta(max_length=100)]


class TextState(Struct):
    """One language: its newest open version and the published one are listed apart."""

    language: str
    state: State
    version: int
    title: str
    slug: str
    due_at: datetime | None


class ArticleRow(Struct):
    """`review_by`: the owner looks at it again by that day."""

    id: str
    kind: Kind
    audience: Audience
    product: str
    brand: str
    category: Named | None
    owner: Named | None
    review_by: date | None
    archived: bool
    texts: list[TextState]
    created_at: datetime
    updated_at: datetime


class ArticleText(Struct):
    """The words of one version. `html` is sanitised; `revision` goes into `seen` of the next change."""

    language: str
    version: int
    state: State
    title: str
    summary: str
    slug: str
    html: str
    text: str
    revision: int
    remark: str
    due_at: datetime | None
    published_at: datetime | None
    updated_at: datetime


class GivenText(Struct, forbid_unknown_fields=True):
    """`slug` empty: made of the title. `seen`: the revision you began from, 0 where nothing was open; left out, nothing is compared."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    html: Annotated[str, Meta(max_length=1_000_000)]
    summary: Annotated[str, Meta(max_length=500)] = ""
    slug: Annotated[str, Meta(max_length=200)] = ""
    seen: Annotated[int, Meta(ge=0, le=2_000_000_000)] | None = None


class NewArticle(GivenText, forbid_unknown_fields=True, kw_only=True):
    language: Code
    kind: Kind = "article"
    audience: Audience = "public"
    brand: Key | None = None
    category: Key | None = None
    product: Product = ""
    owner: Key | None = None
    review_by: date | None = None


class ArticleChange(Struct, forbid_unknown_fields=True):
    kind: Kind | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    category: Key | UnsetType | None = UNSET
    product: Product | UnsetType = UNSET
    owner: Key | UnsetType | None = UNSET
    review_by: date | UnsetType | None = UNSET
    archived: bool | UnsetType = UNSET


class ArticleQuery(Struct):
    """`q`: words in titles and texts; `state`: of one of its versions, or archived."""

    q: Annotated[str, Meta(max_length=200)] = ""
    state: Literal["draft", "review", "approved", "scheduled", "published", "archived"] | None = None
    kind: Kind | None = None
    audience: Audience | None = None
    brand: Key | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Publication(Struct, forbid_unknown_fields=True):
    """`due_at`: the moment from which readers see it; without it they see it at once."""

    due_at: Moment | None = None


class SentBack(Struct):
    remark: Annotated[str, Meta(max_length=1_000)] = ""


class ArticleVersion(Struct):
    number: int
    state: State
    title: str
    writers: list[str]
    approved_by: str | None
    remark: str
    updated_at: datetime
    published_at: datetime | None


class ArticleCategory(Struct):
    id: str
    brand: str
    parent: str | None
    slug: str
    names: dict[str, str]
    position: int
    articles: int


class NewArticleCategory(Struct, forbid_unknown_fields=True):
    names: Annotated[
        dict[str, Annotated[str, Meta(max_length=100)]], Meta(min_length=1, max_length=50, description="By language.")
    ]
    brand: Key | None = None
    parent: Key | None = None
    slug: Annotated[str, Meta(max_length=200)] = ""
    position: Annotated[int, Meta(ge=0, le=9999)] = 0
