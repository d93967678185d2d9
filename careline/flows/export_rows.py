"""Cases leave as rows: a page of them, or all that a person may export as a file that waits for them for a day.

Rows are taken a few thousand at a time by number, so that neither the memory nor a transaction grows with the file; what is small is
made at once, the rest by the worker, which says how far it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import translation

from careline.domain.company.queries import company
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import BadFilter, Filter, Span, filter_data, filter_from
from careline.domain.history.actor import Actor
from careline.domain.reports.commands import exports
from careline.domain.reports.queries.exports import export_of, parcels
from careline.domain.reports.queries.rows import (
    Condition,
    both,
    count_of,
    rows_as_columns,
    rows_as_csv,
    rows_page,
    within_reach,
)
from careline.domain.reports.rules.rows import FORMATS, columns_of
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person, may, require
from careline.flows.case_columns import columns_named, own_codes, sheet_name
from careline.kit.parcels import Parcels
from careline.kit.sheets.columns import Column
from careline.kit.sheets.csv_pieces import csv_pieces
from careline.kit.sheets.csv_sql import rows_of
from careline.kit.sheets.excel import write_excel
from careline.kit.sheets.parquet import Cells, write_columns

VERB = "report:export"
AT_ONCE = 2_000
MOST_WAITING = 5
_CHUNK = 20_000
_STRAY_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: a view's filter, and when they were resolved."""

    filter: Filter = field(default_factory=Filter)
    resolved: Span | None = None


class NobodyWants(Exception):
    """Whoever asked for it took it back meanwhile."""


def case_rows(
    agent: Person, wanted: Wanted, columns: Sequence[str] = (), *, after: int | None = None, limit: int, at: datetime
) -> tuple[tuple[str, ...], list[Any]]:
    """(the columns, rows of them with the case's number as `key`), the newest first. Raises Forbidden, NoSuchColumn."""
    require(agent, VERB)
    shown = columns_of(columns, own_codes())
    return shown, rows_page(_where(agent, wanted, at=at), shown, language=language_of(agent), after=after, limit=limit)


def count_of_rows(agent: Person, wanted: Wanted, *, at: datetime) -> int:
    require(agent, VERB)
    return count_of(_where(agent, wanted, at=at))


def ask_for_export(
    agent: Person, wanted: Wanted, *, format: str, columns: Sequence[str] = (), by: Actor, at: datetime
) -> int:
    """Its key; what has few rows is made by then. On the record. Raises Forbidden, Refused, NoSuchColumn."""
    require(agent, VERB)
    if format not in FORMATS:
        raise Refused(f"An export is one of {', '.join(FORMATS)}.")
    shown = columns_of(columns, own_codes())
    total = count_of(_where(agent, wanted, at=at))
    is_small = total <= AT_ONCE
    with transaction.atomic():
        key = exports.ask(
            agent.id, format=format, columns=list(shown), wanted=data_of(wanted), total=total,
            due_at=at + timedelta(minutes=1) if is_small else at, by=by, at=at,
        )  # fmt: skip
    if is_small:
        make_due_export(at=at, key=key)
    return key


def drop_export(agent: Person, key: int, *, at: datetime) -> None:
    """One's own export is not wanted any more, made or not. Raises NotFound."""
    own_export(agent, key, at=at)
    _kept().remove([parcel] if (parcel := exports.drop(key, agent=agent.id)) else [])


def own_export(agent: Person, key: int, *, at: datetime) -> Any:
    """One's own export as it stands. Raises NotFound, and Forbidden for whoever may not export any more."""
    require(agent, VERB)
    found = export_of(key, agent=agent.id, at=at)
    if found is None:
        raise NotFound(f"There is no export {key} of yours.")
    return found


def content_of_export(agent: Person, key: int, *, at: datetime) -> tuple[Any, Iterator[bytes]]:
    """(the export, its file in pieces). Raises NotFound where it is not made, or gone."""
    found = own_export(agent, key, at=at)
    if found.state != "done" or _kept().path_of(found.parcel) is None:
        raise NotFound("It is not made yet, or gone.")
    return found, _kept().pieces_of(found.parcel)


def make_due_export(*, at: datetime, key: int | None = None) -> bool:
    """Makes the next one, or this one, outside any transaction; whether there was one."""
    asked = exports.take_up(at=at, key=key)
    if asked is None:
        return False
    agent = person(asked.agent_id)
    if asked.tries > exports.MOST_TRIES:
        exports.note_failed(asked.id, words="It was tried three times.")
    elif agent is None or not may(agent, VERB):
        exports.note_failed(asked.id, words="Whoever asked for it may not export any more.")
    else:
        _make(asked, agent, at=at)
    return True


def forget_exports(*, at: datetime) -> None:
    """Files that nobody may fetch any more leave the disk, and what was never finished."""
    _kept().remove(exports.forget(at=at))
    _kept().remove_strays(parcels(), before=(at - _STRAY_AFTER).timestamp())


def language_of(reader: Person) -> str:
    return reader.language or reader.house_language or "en"


def zone_of(reader: Person) -> ZoneInfo:
    """The person's own zone, else the company's."""
    found = company()
    return ZoneInfo(reader.time_zone or (found.time_zone if found else "") or "UTC")


def data_of(wanted: Wanted) -> dict[str, Any]:
    """As JSON, which `wanted_from` reads."""
    resolved = filter_data(Filter(created=wanted.resolved)).get("created")
    return {"filter": filter_data(wanted.filter), **({"resolved": resolved} if resolved else {})}


def wanted_from(data: dict[str, Any]) -> Wanted:
    """Raises BadFilter."""
    resolved = filter_from({"created": data["resolved"]}).created if data.get("resolved") else None
    return Wanted(filter_from(data.get("filter") or {}), resolved)


def _make(asked: Any, agent: Person, *, at: datetime) -> None:
    try:
        wanted = wanted_from(asked.wanted)
        with translation.override(language_of(agent)), _kept().wrapping(asked.format) as (name, path):
            written = _write(path, asked, agent, _where(agent, wanted, at=at))
        if not exports.note_made(
            asked.id, parcel=name, size=(_kept().path_of(name) or path).stat().st_size, written=written
        ):
            _kept().remove([name])
    except NobodyWants:
        return
    except BadFilter as bad:
        exports.note_failed(asked.id, words=str(bad))
    except OSError as error:
        exports.note_failed(asked.id, words=f"The file could not be written ({error.strerror or error}).")


def _write(path: Path, asked: Any, agent: Person, where: Condition) -> int:
    """Every row, oldest first, a few thousand in memory at a time; how many they were."""
    language = language_of(agent)
    columns = columns_named(asked.columns, language)

    def page(after: int | None) -> list[Any]:
        return rows_page(where, asked.columns, language=language, after=after, limit=_CHUNK, oldest_first=True)

    if asked.format == "xlsx":
        return write_excel(path, columns, _rows(asked, page), zone=zone_of(agent), name=sheet_name())
    with path.open("wb") as file:
        if asked.format == "parquet":
            return write_columns(file, columns, _groups(asked, columns, where, language=language))
        file.writelines(csv_pieces(columns, ()))
        return _write_lines(file, asked, where, language=language)


def _rows(asked: Any, page: Callable[[int | None], list[Any]]) -> Iterator[Sequence[Any]]:
    """Each fetched when it is wanted."""
    after, written = None, 0
    while found := page(after):
        yield from (row[:-1] for row in found)
        after, written = found[-1].key, written + len(found)
        _go_on(asked, written)


def _groups(asked: Any, columns: Sequence[Column], where: Condition, *, language: str) -> Iterator[list[Cells]]:
    """Columns as the database makes them, fetched when they are wanted."""
    after, written = None, 0
    while found := rows_as_columns(where, columns, language=language, after=after, limit=_CHUNK):
        cells, after = found
        yield cells
        written += cells[0].count
        _go_on(asked, written)


def _write_lines(file: BinaryIO, asked: Any, where: Condition, *, language: str) -> int:
    """As CSV by the database itself."""
    after, written = None, 0
    while lines := rows_as_csv(where, asked.columns, language=language, after=after, limit=_CHUNK):
        rows, after = rows_of(lines)
        file.write(rows)
        written += len(lines)
        _go_on(asked, written)
    return written


def _go_on(asked: Any, written: int) -> None:
    """How far it is, is noted with each chunk. Raises NobodyWants."""
    if not exports.note_written(asked.id, written=written):
        raise NobodyWants


def _where(agent: Person, wanted: Wanted, *, at: datetime) -> Condition:
    """What they may read and export, of what was asked for."""
    where = both(conditions_of(wanted.filter, agent, at=at), within_reach(agent, VERB))
    span = wanted.resolved
    for sign, name, moment in (
        ((">=", "resolved_since", span.since), ("<", "resolved_until", span.until)) if span else ()
    ):
        if moment is not None:
            where = both(where, (f"c.resolved_at {sign} %({name})s", {name: moment}))
    return where


def _kept() -> Parcels:
    return Parcels(settings.DATA / "exports")
