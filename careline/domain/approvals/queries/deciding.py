"""The one question of all: may this person do this? Asked by people's screens, the API, rules and later the assistant alike."""

from __future__ import annotations

from datetime import datetime

from careline.domain.approvals.queries.authority import authority_of
from careline.domain.approvals.queries.policies import book_at, rates_for
from careline.domain.approvals.rules.deciding import Decision, decide_by
from careline.domain.approvals.rules.facts import Facts
from careline.domain.staff.rules import Person


def decide(action: str, *, facts: Facts, person: Person, at: datetime) -> Decision:
    """What the policy in force and the person's own authority say; nothing is kept of it (flows/authorise.py does)."""
    authority = authority_of(person.id, action=action, facts=facts, at=at)
    return decide_by(action, facts=facts, authority=authority, book=book_at(at), rates=rates_for(facts, at=at))
