"""One row per case, exports of them, and what is to be expected."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.cases import CaseQuery
from careline.entrypoints.api.shapes.parts import Cursor, Limit, Moment
from careline.entrypoints.api.shapes.views import Asked

Cell = str | int | float | bool | None
Row = dict[str, Cell]
_COLUMNS = "As `GET /case-columns` names them, in the order wanted; none: the usual ones."
Columns = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(max_length=200, description=_COLUMNS)
]
ViewKey = Annotated[str, Meta(max_length=100, description="The `key` of a view, whose cases are meant.")]
Format = Literal["csv", "xlsx", "parquet"]


class CaseRowQuery(CaseQuery):
    """As `GET /conversations` asks, or a `view`; `columns` parted by commas; opened and resolved from `since` on and before `until`."""

    view: ViewKey | None = None
    columns: Annotated[str, Meta(max_length=5_000, description=_COLUMNS + " Parted by commas.")] = ""
    opened_since: Moment | None = None
    opened_until: Moment | None = None
    resolved_since: Moment | None = None
    resolved_until: Moment | None = None


class CaseColumn(Struct):
    """`kind` says what stands in it: text, integer, number, boolean, moment or date. Any of it may be null, which is not zero."""

    key: str
    name: str
    kind: str


class Stretch(Struct, forbid_unknown_fields=True):
    since: Moment | None = None
    until: Moment | None = None


class NewCaseExport(Struct, forbid_unknown_fields=True):
    """`filter` as views ask, or a `view`; neither: all cases that you may export."""

    format: Format = "csv"
    columns: Columns = []
    filter: Asked = {}
    view: ViewKey | None = None
    resolved: Stretch | None = None


class CaseExport(Struct):
    """`written` of `total` rows stand in it by now. `url` once it is done, until `expires_at`, for you alone."""

    id: str
    format: Format
    state: Literal["queued", "done", "failed"]
    total: int
    written: int
    size: int
    words: str
    columns: list[str]
    created_at: datetime
    expires_at: datetime
    url: str | None


class CaseExportQuery(Struct):
    limit: Limit = 50
    cursor: Cursor | None = None


class ForecastQuery(Struct):
    interval: Annotated[Literal[30, 60], Meta(description="Minutes of a slot.")] = 60
    team: Annotated[str, Meta(max_length=200, description="A team's id or name.")] | None = None
    channel: Annotated[str, Meta(max_length=200, description="A channel's id or address.")] | None = None


class ForecastSlot(Struct):
    """`cases`: the mean of the last four same slots; null where there is none. `of`: the days it was taken from."""

    begins_at: datetime
    cases: float | None
    of: list[date]
    is_special: bool


class ForecastWeek(Struct):
    """A past week as it would have been foretold on its Monday: what came, what was expected, and how far that was off (WAPE: the
    differences without their sign, added up, over what came) by slot and by day. Null where nothing came, or nothing was known."""

    begins_on: date
    came: int
    expected: float | None
    off_by_slot: float | None
    off_by_day: float | None


class Forecast(Struct):
    """`is_known` is false where there is no history to tell from."""

    time_zone: str
    interval: int
    is_known: bool
    slots: list[ForecastSlot]
    past: list[ForecastWeek]
