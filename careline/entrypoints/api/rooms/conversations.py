"""Cases: listing, opening, changing, resolving, snoozing, and what happened on them."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.channels.email.mime.addresses import normalised
from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_id, participants_of
from careline.domain.customers.queries import customer_id_of
from careline.domain.desk.queries.api_lists import CaseFilter, case_row, case_row_as_it_stands, cases_page
from careline.domain.history.queries import happenings_of_case
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import (
    NOBODY,
    agent_key,
    channel_named,
    customer_key,
    key_of,
    recipient_of,
    recipients_of,
    team_key,
)
from careline.entrypoints.api.paging import key_alone, moment_and_key, page_of
from careline.entrypoints.api.problems import Elsewhere, Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.cases import Case, CaseChange, CaseQuery, Event, NewCase, Snooze
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.uploads import attachments_of
from careline.entrypoints.api.written import case_of
from careline.flows.change import KEPT, Change, change
from careline.flows.open_case import Opening, open_case
from careline.flows.resolve import reopen, resolve

_PATH = "/conversations/{number}"


@route("GET", "/conversations", query=CaseQuery, answer=Page[Case])
def cases(call: Call) -> Any:
    """Cases you may see, the latest change first.

    With `updated_since` the oldest change comes first, so that a copy kept elsewhere misses none.
    """
    require(call.person, "conversation:read")
    asked = call.query
    rows = cases_page(call.person, _filter_of(call), after=moment_and_key(asked.cursor), limit=asked.limit + 1)
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
    number = open_case(call.person, _opening_of(call), _change_of(call, call.body), by=call.by, at=call.at)
    return Created(f"/conversations/{number}", _whole(call, number))


@route("GET", _PATH, answer=Case)
def case(call: Call) -> Any:
    """One case, with the people on it."""
    return _shown(call, shown_case(call))


@route("PATCH", _PATH, body=CaseChange, answer=Case)
def changed_case(call: Call) -> Any:
    """Changes what is given: priority, team, assignee, tags, subject, spam."""
    shown_case(call)
    change(call.person, call.number, _change_of(call, call.body), by=call.by, at=call.at)
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
    """Puts the case out of sight until then, or until the customer writes."""
    shown_case(call)
    if call.body.until <= call.at:
        raise Wrong(("until", "It lies in the past."))
    change(call.person, call.number, Change(snoozed_until=call.body.until), by=call.by, at=call.at)
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
    found = happenings_of_case(row.id, after=key_alone(asked.cursor) or 0, limit=asked.limit + 1)
    return page_of(found, limit=asked.limit, key=lambda happened: (happened.id,), item=_event)


def shown_case(call: Call) -> Any:
    """The row of the case that is asked for. Raises NotFound, and Elsewhere where it was merged into another one."""
    row = case_row(call.person, call.number)
    if row is None:
        raise NotFound(f"There is no case {call.number}.")
    if row.merged_into_id is not None:
        raise Elsewhere(conversation_by_id(row.merged_into_id).number)  # type: ignore[union-attr]
    return row


def _whole(call: Call, number: int) -> Case:
    """The case after a change of ours."""
    return _shown(call, case_row_as_it_stands(number))


def _shown(call: Call, row: Any) -> Case:
    return case_of(row, language=call.person.language or "en", participants=participants_of(row.id))


def _filter_of(call: Call) -> CaseFilter:
    asked = call.query
    by_address = asked.customer is not None and "@" in asked.customer
    team = None if asked.team is None or key_of(asked.team) is None else key_of(asked.team)
    return CaseFilter(
        status=asked.status,
        assignee=None
        if asked.assignee is None
        else agent_key(asked.assignee, call.person, "assignee", may_be_nobody=True),
        team=NOBODY if asked.team == "none" else team,
        team_name=asked.team if asked.team is not None and team is None and asked.team != "none" else None,
        tag=asked.tag,
        customer=_customer_asked(asked.customer) if asked.customer is not None and not by_address else None,
        customer_address=normalised(asked.customer) if by_address else None,
        words=asked.q,
        changed_since=asked.updated_since,
    )


def _customer_asked(words: str) -> int:
    key = key_of(words)
    if key is None:
        raise Wrong(("customer", "Give an id or a mail address."))
    return key or -1


def _opening_of(call: Call) -> Opening:
    given = call.body
    if (given.from_ is None) == (given.customer is None) and (given.from_ is not None or given.kind != "note"):
        raise Wrong(("from", "Say whose case it is: give either `from` or `customer`."))
    customer = None if given.customer is None else customer_key(given.customer, call.person, "customer")
    sender = None if given.from_ is None else recipient_of(given.from_, "from")
    if sender is not None and sender.value.lower() in {row.address.lower() for row in channels(active=False)}:
        raise Wrong(("from", "This is an address of ours."))
    if sender is not None and given.kind != "incoming":
        customer = customer_id_of("email", sender.value)
    return Opening(
        kind=given.kind, customer=customer, sender=sender, channel=channel_named(given.channel, "channel"), subject=given.subject,
        text=given.text, html=given.html, cc=recipients_of(given.cc, "cc"), hold_seconds=given.hold_seconds,
        attachments=attachments_of(given.attachments, call.person, at=call.at),
    )  # fmt: skip


def _change_of(call: Call, given: Any) -> Change:
    named = {
        "assignee": lambda words: agent_key(words, call.person, "assignee"),
        "team": lambda words: team_key(words, "team"),
    }
    wanted: dict[str, Any] = {}
    for name in ("assignee", "team", "priority", "tags", "subject", "is_spam"):
        value = getattr(given, name, UNSET)
        if value is UNSET or (name == "subject" and isinstance(given, NewCase)):
            continue
        if name in named and value is not None:
            value = named[name](value)
        wanted[name] = tuple(value) if isinstance(value, list) else value
    return Change(**{name: wanted.get(name, KEPT) for name in wanted})


def _event(happened: Any) -> Event:
    return Event(
        id=str(happened.id), at=happened.at, name=happened.name, actor={"kind": happened.actor_kind, "id": str(happened.actor_id)},
        via=happened.via, subject={"kind": happened.subject_kind, "key": str(happened.subject_key)}, data=happened.data,
    )  # fmt: skip
