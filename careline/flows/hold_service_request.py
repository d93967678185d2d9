"""A service request is taken in hand: seen, and with its customer and its case held in one order of locks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases
from careline.domain.customers.queries.merges import root_of
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.desk.queries.service_requests import request_for
from careline.domain.forms.rules.content import words_in
from careline.domain.orders.commands import carrying_out
from careline.domain.requests.commands import requests
from careline.domain.requests.errors import RequestRefused
from careline.domain.requests.queries.requests import papers_of, steps_of
from careline.domain.requests.queries.types import content_of_version
from careline.domain.requests.rules.content import Content
from careline.domain.requests.rules.progress import CURRENT, letter_of, require_running
from careline.domain.staff.rules import Person
from careline.kit.money import Money

READ, WRITE, DECIDE = "service_request:read", "service_request:write", "service_request:decide"


@dataclass(frozen=True, slots=True)
class HeldRequest:
    """`row` is held; `content` is that of the version it was begun with; `step` the one under way."""

    row: Any
    case: Any
    owner: int
    content: Content
    step: Any | None

    @property
    def money(self) -> Money | None:
        return Money(self.row.amount, self.row.currency) if self.row.amount else None


def hold_service_request(person: Person, key: int, *, verb: str = WRITE, seen: int | None = None) -> HeldRequest:
    """Inside a transaction; running still. `seen`: the change that they looked at. Raises NotFound, Forbidden, RequestRefused."""
    request_for(person, key, verb=verb)
    held = request_held(key)
    if seen is not None and seen != held.row.changes:
        raise RequestRefused(
            "request_changed", "The request has changed since you looked at it: look again, then go on."
        )
    return held


def request_held(key: int) -> HeldRequest:
    """For whoever may by other means (its customer, who decided). Locks go customer → case → request. Raises RequestRefused."""
    found = requests.held_by(key)
    owner = root_of(found.customer_id) or found.customer_id
    carrying_out.hold_customer(owner)
    case = cases.locked_where_it_stands(found.conversation_id) if found.conversation_id else None
    row = requests.held(key)
    require_running(row.state)
    if case is None:
        raise RequestRefused("case_gone", "The case it was asked for in is not there any more: open a new request.")
    step = next((one for one in steps_of([key]) if one.state == CURRENT), None)
    return HeldRequest(row, case, owner, content_of_version(row.version_id), step)


def letter_for(held: HeldRequest, which: str, *, money: Money | None = None) -> str:
    """What the customer is told, in the case's language; empty where the type has no such text."""
    customer = customer_by_id(held.owner)
    house = languages()
    language = held.case.language or (customer.language if customer else "") or house[0]
    sum_ = money or held.money
    asked = {one.key for one in papers_of([held.row.id]) if one.state == "asked"}
    papers = [words_in(one.name, language, otherwise=house) for one in held.content.papers if one.key in asked]
    reasons = {one.code: words_in(one.words, language, otherwise=house) for one in held.content.reasons}
    words = {
        "name": customer.name if customer else "", "amount": sum_.words(language) if sum_ else "",
        "reason": reasons.get(held.row.reason, ""), "papers": "\n".join(f"- {name}" for name in papers),
    }  # fmt: skip
    return letter_of(held.content, which, language=language, otherwise=house, words=words)
