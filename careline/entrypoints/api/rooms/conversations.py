"""Cases: listing, opening, changing, resolving, snoozing, and what happened on them."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_id, participants_of
from careline.domain.conversations.rules.states import UNTIL_REPLY
from careline.domain.desk.queries.api_lists import case_keys, case_row, case_row_as_it_stands, cases_page
from careline.domain.desk.queries.complaints import kept_from
from careline.domain.history.queries import happenings_of_case
from careline.domain.staff.rules import require
from careline.entrypoints.api.asked import change_of, filter_of, opening_of, whose_of
from careline.entrypoints.api.paging import key_alone, moment_and_key, page_of
from careline.entrypoints.api.problems import Elsewhere, Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.cases import Case, CaseChange, CaseQuery, Event, NewCase, Snooze
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.written import case_of
from careline.flows.change import Change, change
from careline.flows.open_case import open_case
from careline.flows.reshape import Shape, reshape
from careline.flows.resolve import reopen, resolve

_PATH = "/conversations/{number}"


@route("GET", "/conversations", query=CaseQuery, answer=Page[Case])
def cases(call: Call) -> Any:
    """Cases you may see, the latest change first.

    With `updated_since` the oldest change comes first, so that a copy kept elsewhere misses none.
    """
    require(call.person, "conversation:read")
    asked = call.query
    rows = cases_page(call.person, filter_of(call), after=moment_and_key(asked.cursor), limit=asked.limit + 1)
    language = call.person.language or "en"
    return page_of(
        rows,
        limit=asked.limit,
        key=lambda row: (row.updated_at, row.number),
        item=lambda row: case_of(row, language=language),
    )


@route("POST", "/conversations", body=NewCase, answer=Case, status=201)
def new_case(call: Call) -> Any:
    """Opens a case.

    `incoming` hands in what a customer said, `reply` writes to a customer first, `note` keeps something among ourselves.
    """
    require(call.person, "conversation:create")
    number = open_case(call.person, opening_of(call), change_of(call, call.body), by=call.by, at=call.at)
    return Created(f"/conversations/{number}", _whole(call, number))


@route("GET", _PATH, answer=Case)
def case(call: Call) -> Any:
    """One case, with the people on it."""
    return _shown(call, shown_case(call))


@route("PATCH", _PATH, body=CaseChange, answer=Case)
def changed_case(call: Call) -> Any:
    """Changes what is given, all of it or nothing: priority, team, assignee, tags, subject, spam, status, topic, own fields.

    `customer` says whose case it is, where it came in under the wrong name: answers go to them from then on.
    """
    shown_case(call)
    reshape(call.person, call.number, change_of(call, call.body), _shape_of(call), by=call.by, at=call.at)
    return _whole(call, call.number)


@route("PUT", _PATH + "/resolution", answer=Case)
def resolved_case(call: Call) -> Any:
    """Resolves the case."""
    shown_case(call)
    resolve(call.person, call.number, by=call.by, at=call.at)
    return _whole(call, call.number)


@route("DELETE", _PATH + "/resolution", answer=Case)
def reopened_case(call: Call) -> Any:
    """Opens the case again."""
    shown_case(call)
    reopen(call.person, call.number, by=call.by, at=call.at)
    return _whole(call, call.number)


@route("PUT", _PATH + "/snooze", body=Snooze, answer=Case)
def snoozed_case(call: Call) -> Any:
    """Puts the case out of sight until then, or until the customer writes; without a moment only until somebody writes."""
    shown_case(call)
    until = call.body.until or UNTIL_REPLY
    if until <= call.at:
        raise Wrong(("until", "It lies in the past."))
    change(call.person, call.number, Change(snoozed_until=until), by=call.by, at=call.at)
    return _whole(call, call.number)


@route("DELETE", _PATH + "/snooze", answer=Case)
def woken_case(call: Call) -> Any:
    """Brings the case back."""
    row = shown_case(call)
    if row.snoozed_until is not None:
        change(call.person, call.number, Change(snoozed_until=None), by=call.by, at=call.at)
    return _whole(call, call.number)


@route("GET", _PATH + "/events", query=PageQuery, answer=Page[Event])
def events(call: Call) -> Any:
    """What happened on the case, oldest first."""
    row, asked = shown_case(call), call.query
    found = happenings_of_case(
        row.id, after=key_alone(asked.cursor) or 0, without=("complaint", kept_from(call.person)), limit=asked.limit + 1
    )
    return page_of(found, limit=asked.limit, key=lambda happened: (happened.id,), item=_event)


def shown_case(call: Call) -> Any:
    """The row of the case that is asked for. Raises NotFound, and Elsewhere where it was merged into another one."""
    return _where_it_stands(call, case_row(call.person, call.number))


def keys_of_case(call: Call) -> Any:
    """The same where nothing of the case itself is shown: its id."""
    return _where_it_stands(call, case_keys(call.person, call.number))


def _where_it_stands(call: Call, row: Any | None) -> Any:
    if row is None:
        raise NotFound(f"There is no case {call.number}.")
    if row.merged_into_id is not None:
        raise Elsewhere(conversation_by_id(row.merged_into_id).number)  # type: ignore[union-attr]
    return row


def _shape_of(call: Call) -> Shape:
    given = call.body
    return Shape(
        customer=None if given.customer is UNSET else whose_of(given.customer, call.person),
        status=None if given.status is UNSET else given.status, has_topic=given.topic_id is not UNSET,
        topic=int(given.topic_id) if given.topic_id else None, fields=None if given.fields is UNSET else given.fields,
    )  # fmt: skip


def _whole(call: Call, number: int) -> Case:
    """The case after a change of ours."""
    return _shown(call, case_row_as_it_stands(number))


def _shown(call: Call, row: Any) -> Case:
    return case_of(row, language=call.person.language or "en", participants=participants_of(row.id))


def _event(happened: Any) -> Event:
    return Event(
        id=str(happened.id), at=happened.at, name=happened.name, actor={"kind": happened.actor_kind, "id": str(happened.actor_id)},
        via=happened.via, subject={"kind": happened.subject_kind, "key": str(happened.subject_key)}, data=happened.data,
    )  # fmt: skip
