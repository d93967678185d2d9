"""Changes to many cases at once: asked for, watched, stopped, undone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
from msgspec import UNSET

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.bulk import bulk_of, refused_of
from careline.domain.conversations.rules.bulk import MOST, BadChange, BulkWish
from careline.domain.desk.queries.bulk_targets import numbers_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.asked import filter_of
from careline.entrypoints.api.naming import NOBODY, agent_key, team_key
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.bulk import BulkChange, BulkWanted, Left, NewBulkChange, Previewed
from careline.entrypoints.api.shapes.cases import CaseQuery
from careline.flows.bulk_change import ask_for_bulk_change, end_bulk_change
from careline.flows.bulk_reply import preview

_PATH = "/bulk-changes/{id}"


@route("POST", "/bulk-changes", body=NewBulkChange, answer=BulkChange, status=201)
def new_bulk_change(call: Call) -> Any:
    """Changes many cases: those of a filter, or those that are named.

    The worker carries it out at once, with every guard that a single change has; GET tells how far it is.
    """
    require(call.person, "conversation:read")
    given, wish = call.body, _wish_of(call, call.body.change)
    if (given.filter is None) == (given.numbers is None):
        raise Wrong(("numbers", "Give either `filter` or `numbers`."))
    numbers = given.numbers if given.numbers is not None else _numbers(call)
    try:
        if given.preview:
            return _previewed(call, wish, numbers)
        key = ask_for_bulk_change(call.person, numbers, wish, by=call.by, at=call.at)
    except BadChange as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return Created(f"/bulk-changes/{key}", _one(call, key))


@route("GET", _PATH, answer=BulkChange)
def bulk_change(call: Call) -> Any:
    """How far it is, and which cases were left as they are."""
    return _one(call, call.id)


@route("DELETE", _PATH, answer=BulkChange)
def ended_bulk_change(call: Call) -> Any:
    """Stops one that runs. Undoes one that is over, within a day: cases that were changed since stay as they are."""
    end_bulk_change(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


def _wish_of(call: Call, given: BulkWanted) -> BulkWish:
    """Raises Wrong."""
    asked: dict[str, Any] = {}
    if given.assignee is not UNSET:
        asked["assignee"] = (
            NOBODY if given.assignee is None else agent_key(given.assignee, call.person, "change.assignee")
        )
    if given.team is not UNSET:
        asked["team"] = NOBODY if given.team is None else team_key(given.team, "change.team")
    if given.topic_id is not UNSET:
        asked["topic"] = NOBODY if given.topic_id is None else int(given.topic_id) or -1
    if given.snoozed_until is not UNSET:
        if given.snoozed_until is not None and given.snoozed_until <= call.at:
            raise Wrong(("change.snoozed_until", "It lies in the past."))
        asked["snoozed_until"] = given.snoozed_until.isoformat() if given.snoozed_until else ""
    if given.reply is not None:
        if not given.reply.text.strip():
            raise Wrong(("change.reply.text", "There is nothing to send."))
        asked |= {"reply": given.reply.text, "everybody": given.reply.everybody, "resolve": given.reply.resolve}
    return BulkWish(
        tags=tuple(given.add_tags), untags=tuple(given.remove_tags), status=given.status, fields=given.fields, is_spam=given.is_spam,
        priority=PRIORITIES[given.priority] if given.priority else None, **asked,
    )  # fmt: skip


def _numbers(call: Call) -> list[int]:
    query = CaseQuery(**msgspec.structs.asdict(call.body.filter))
    wanted = filter_of(SimpleNamespace(query=query, person=call.person)).as_filter()  # type: ignore[arg-type]
    found = numbers_of(wanted, call.person, at=call.at, limit=MOST + 1)
    if len(found) > MOST:
        raise Wrong(("filter", f"These are more than {MOST:,} cases: narrow it."))
    return found


def _previewed(call: Call, wish: BulkWish, numbers: list[int]) -> BulkChange:
    shown = [Previewed(**one) for one in preview(call.person, numbers, wish)] if wish.is_reply else []
    return BulkChange("", "preview", len(numbers), len(numbers), 0, 0, 0, 0, 0, call.at, None, [], shown)


def _one(call: Call, key: int) -> BulkChange:
    row = bulk_of(key, agent=call.person.id)
    if row is None:
        raise NotFound(f"There is no bulk change {key} of yours.")
    return BulkChange(
        str(row.id), row.state, row.total, row.waiting, row.changed, row.unchanged, row.refused, row.undone, row.kept,
        row.created_at, row.ended_at, [Left(one.number, one.code, one.reason) for one in refused_of(key)],
    )  # fmt: skip
