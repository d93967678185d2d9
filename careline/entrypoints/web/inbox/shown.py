"""Pieces of pages that look the same for everybody who sees them: drawn once, kept in memory, never content of a page."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django.template import engines
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from careline.domain.desk.queries.lists import rows_among
from careline.domain.desk.queries.row_marks import NO_MARK, RowMark, row_marks
from careline.domain.desk.queries.row_stamps import stamps_among
from careline.domain.desk.rules import Filter
from careline.entrypoints.web.inbox.counts import Look, shown_look
from careline.entrypoints.web.presenting import Row, row_of
from careline.entrypoints.web.sla.words import left_words
from careline.entrypoints.web.visit import Visit

KEPT_ROWS = 20_000
"""Some 40 MB at the most; a row that changed is another row."""
_MACROS = {"row": "web/inbox/_row.html", "card": "web/inbox/_card.html"}
_rows: dict[tuple[Any, ...], Markup] = {}
_by_stamp: dict[tuple[Any, ...], dict[tuple[int, str], Markup]] = {}


def rows_shown(
    rows: list[Any], visit: Visit, *, sort: str, macro: str = "row", marks: dict[int, RowMark] | None = None
) -> list[Markup]:  # fmt: skip
    """Rows of a list as HTML. Agents look at the same cases again and again: each is drawn once a minute, for all who see it alike."""
    seen_by = (*_seen_by(visit, sort), macro)
    marks = row_marks(rows, at=visit.at) if marks is None else marks
    return [
        _row_shown(row, (*_words_of(row), *seen_by), visit, sort, macro, marks.get(row.id, NO_MARK))
        for row in rows
    ]  # fmt: skip


def fresh_rows_shown(numbers: list[int], wanted: Filter, visit: Visit, *, sort: str) -> list[Markup]:
    """Those of the numbered cases that the view holds for whoever visits, as HTML: read and drawn only if nobody has drawn them so."""
    kept = _kept_for(_seen_by(visit, sort))
    stamps = {one.number: one for one in stamps_among(numbers, wanted, visit.person, at=visit.at)}
    same = {number: kept.get((number, one.stamp)) for number, one in stamps.items() if not one.is_offered}
    shown = {number: row for number, row in same.items() if row is not None}
    missing = [number for number in stamps if number not in shown]
    if not missing:
        return list(shown.values())
    rows = rows_among(missing, wanted, visit.person, at=visit.at)
    shown |= zip([row.number for row in rows], rows_shown(rows, visit, sort=sort), strict=True)
    # What changed while we drew it is not kept: it may look otherwise than its stamp says.
    for now in stamps_among(missing, wanted, visit.person, at=visit.at):
        if now == stamps[now.number] and now.number in shown and not now.is_offered:
            kept[now.number, now.stamp] = shown[now.number]
    return [shown[number] for number in stamps if number in shown]


def _kept_for(seen_by: tuple[Any, ...]) -> dict[tuple[int, str], Markup]:
    """Rows by number and stamp, for all who see them alike in this minute; nobody will see those of the minute before."""
    if seen_by not in _by_stamp:
        for other in [other for other in list(_by_stamp) if other[0] != seen_by[0]]:
            _by_stamp.pop(other, None)
    if sum(len(kept) for kept in list(_by_stamp.values())) >= KEPT_ROWS:
        _by_stamp.clear()
    return _by_stamp.setdefault(seen_by, {})


def _seen_by(visit: Visit, sort: str) -> tuple[Any, ...]:
    """All that a row's HTML owes to who looks at it, and when."""
    return visit.at.replace(second=0, microsecond=0), visit.zone, visit.language, translation.get_language(), sort


def _words_of(row: Any) -> tuple[Any, ...]:
    """Everything that a row's HTML is made of; the version alone would miss a customer's or a team's new name."""
    return (
        row.number, row.version, row.unread, row.updated_at, row.due_sort, row.waiting_since, row.subject, row.snippet, row.customer_name,
        row.customer_address, row.company_name, row.assignee_name, row.team_name, row.channel_kind, row.status_code, row.priority,
        row.has_attachment, row.has_draft, *row.tags,
    )  # fmt: skip


def _row_shown(row: Any, key: tuple[Any, ...], visit: Visit, sort: str, macro: str, mark: RowMark) -> Markup:
    left = "" if mark.open_left is None else left_words(mark.open_left, is_business=True)
    if mark.offered_until is not None:  # it counts seconds: nothing to keep
        seconds = int((mark.offered_until - visit.at).total_seconds())
        return _drawn(
            macro, row_of(row, visit, sort=sort, level=mark.level, left=left, offered_to=mark.offered_to, offer_seconds=seconds,
                   is_forgotten=mark.is_forgotten)
        )  # fmt: skip
    key = (*key, mark.level, left, mark.is_forgotten)
    drawn = _rows.get(key)
    if drawn is None:
        if len(_rows) >= KEPT_ROWS:
            _rows.clear()
        drawn = _rows[key] = _drawn(
            macro, row_of(row, visit, sort=sort, level=mark.level, left=left, is_forgotten=mark.is_forgotten)
        )
    return drawn


def _drawn(macro: str, row: Row) -> Markup:
    drawn: Markup = getattr(_template(_MACROS[macro]).module, f"case_{macro}")(row)
    return drawn


def views_shown(views: tuple[Look, ...], current: str, *, with_followups: bool) -> Markup:
    """The views beside a list: drawn once for all who have the same ones. Their numbers come after the page."""
    return _views_shown(views, current, with_followups, translation.get_language() or "")


@lru_cache(maxsize=2_000)
def _views_shown(views: tuple[Look, ...], current: str, with_followups: bool, language: str) -> Markup:
    shown = [shown_look(language, look) for look in views]
    if with_followups:  # what holds no cases stands among the views as well: what one owes to customers by now
        shown.append(
            {
                "key": "followups",
                "name": _("Follow-ups due"),
                "url": "/follow-ups?which=now",
                "symbol": "clock",
                "group": "",
            }
        )
    given = {"views": [view | {"count": 0} for view in shown], "view": {"key": current}}
    return Markup(_template("web/inbox/_views.html").render(**given))  # noqa: S704  our own template


def fixed(name: str) -> Markup:
    """A part of every page that holds nothing of it, in the viewer's language."""
    return _fixed(name, translation.get_language() or "")


@cache
def _fixed(name: str, language: str) -> Markup:
    return Markup(_template(name).render())  # noqa: S704  our own template, escaped by it


def _template(name: str) -> Any:
    return engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]
