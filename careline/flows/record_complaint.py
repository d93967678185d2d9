"""Somebody is dissatisfied: it is put on the register, from a case or together with a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.complaints.commands import complaints
from careline.domain.complaints.commands.complaints import NewComplaint
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import categories
from careline.domain.complaints.rules.handling import COMPLAINANTS, MOST_WORDS, SEVERITIES, Standing, against_hands
from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.merges import cases_below
from careline.domain.conversations.queries.messages import last_incoming
from careline.domain.desk.queries.complaints import complaints_on
from careline.domain.history.actor import Actor
from careline.domain.orders.queries.products import product_by_id
from careline.domain.staff.queries import agent_by_id
from careline.domain.staff.rules import Person, require
from careline.flows.complaint_terms import falls_under
from careline.flows.hold_complaint import refuse
from careline.flows.keep_open_complaints import keep_open_complaints
from careline.flows.open_case import Opening, open_case

VERB = "complaint:record"
OLDEST = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of it; all of it may be added later. Empty `text`: what the customer wrote last.

    `received_at`: None for when that came. `owner`: None for whoever records it.
    """

    category: int | None = None
    severity: str = "medium"
    product: int | None = None
    complainant: str = "customer"
    country: str = ""
    text: str = ""
    wish: str = ""
    about: int | None = None
    owner: int | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """`is_new` is False where the case has an open complaint already: that one is meant."""

    id: int
    number: int
    is_new: bool = True


def record_complaint(agent: Person, number: int, said: Said | None = None, *, by: Actor, at: datetime) -> Recorded:
    """Pressed twice it makes one. Raises NotFound, Forbidden, MergedAway, ComplaintRefused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        if case.side_of_id is not None:
            raise ComplaintRefused(
                "side_conversation", "This is a side conversation: record it on the case it stands in."
            )
        standing = _open_one(case)
        if standing is not None:
            refuse(against_hands(Standing(standing.state, about=standing.about_id), agent.id))
            return Recorded(standing.id, case.number, is_new=False)
        key = _recorded(agent, case, said or Said(), by=by, at=at)
        keep_open_complaints([case.id])
    return Recorded(key, case.number)


def open_complaint(agent: Person, opening: Opening, said: Said, *, by: Actor, at: datetime) -> Recorded:
    """A letter, a call or a visit: the case and the complaint at once, or neither. Raises what both do."""
    require(agent, VERB)
    with transaction.atomic():
        number = open_case(agent, opening, by=by, at=at)
        happened = opening.contact.happened_at if opening.contact is not None else None
        if said.received_at is None:
            said = replace(said, received_at=happened or at)
        return record_complaint(agent, number, said, by=by, at=at)


def checked(said: Said, *, at: datetime) -> Said:
    """The same in order. Raises ComplaintRefused for what is none of the register's words, or not there."""
    if said.severity not in SEVERITIES:
        raise ComplaintRefused("bad_severity", f"A complaint is {', '.join(SEVERITIES)}.")
    if said.complainant not in COMPLAINANTS:
        raise ComplaintRefused("bad_complainant", f"Who complains is one of {', '.join(COMPLAINANTS)}.")
    country = said.country.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise ComplaintRefused("bad_country", "Name a country by its two letters, as in DE.")
    if said.category is not None and said.category not in {row.id for row in categories(with_old=True)}:
        raise ComplaintRefused("no_such_category", "There is no such category of complaints.")
    if said.product is not None and product_by_id(said.product) is None:
        raise ComplaintRefused("no_such_product", "There is no such product.")
    for colleague in (said.about, said.owner):
        if colleague is not None and agent_by_id(colleague) is None:
            raise ComplaintRefused("no_such_colleague", "Nobody who works here has this number.")
    if said.received_at is not None and said.received_at > at:
        raise ComplaintRefused("in_the_future", "A complaint can't have been received later than now.")
    if said.received_at is not None and said.received_at < at - OLDEST:
        raise ComplaintRefused("too_long_ago", "A complaint was received in the last ten years.")
    return replace(said, country=country, text=said.text.strip()[:MOST_WORDS], wish=said.wish.strip()[:MOST_WORDS])


def _open_one(case: Any) -> Any | None:
    rows = complaints_on(cases_below(case.id))
    return next((row for row in rows if row.state != "closed"), None)


def _recorded(agent: Person, case: Any, said: Said, *, by: Actor, at: datetime) -> int:
    said = checked(said, at=at)
    owner = said.owner
    if owner is None:
        owner = agent.id if said.about != agent.id else None
    else:
        refuse(against_hands(Standing("recorded", about=said.about), owner))
    last = last_incoming(case.id) if not (said.text and said.received_at) else None
    text = said.text or (((last.visible_text or last.text) if last is not None else "") or case.subject)[:MOST_WORDS]
    received = said.received_at or (min(last.created_at, at) if last is not None else at)
    falls = falls_under(brand=case.brand_id, product=said.product, country=said.country, received_at=received, at=at)
    new = NewComplaint(
        case.id, case.customer_id, case.brand_id, received, falls.deadlines, falls.rules, said.category, said.severity, said.product,
        said.complainant, said.country, text, said.wish, owner, said.about,
    )  # fmt: skip
    return complaints.record_complaint(new, by=by, at=at)
