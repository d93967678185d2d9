"""May somebody do this? Asked by every flow that gives something away, in its own transaction and before it acts.

The flow holds the case, calls `authorise`, and does what it came for only where the answer is `is_allowed`; else a request
waits, and what carries it out later stands in approved_actions.py. After its transaction it raises what `refusal` holds, so
that the refusal itself stays on the record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from careline.domain.approvals.commands import requests
from careline.domain.approvals.commands.policies import note_decision
from careline.domain.approvals.commands.requests import NewRequest
from careline.domain.approvals.queries.deadlines import due_after
from careline.domain.approvals.queries.deciding import decide
from careline.domain.approvals.queries.requests import waiting_like
from careline.domain.approvals.rules.deciding import FOUR_EYES, Decision
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.policies import APPROVAL, DENY
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person
from careline.flows.keep_pending import keep_pending
from careline.flows.whom_to_ask import pens, whom_to_ask

TRY_AGAIN = timedelta(hours=1)
"""Where nobody may decide, it is looked for again so often."""
_USUAL = {
    "bad_amount": "The amount has to be more than nothing.",
    "policy": "The company's policy does not allow this.",
}


class Denied(Refused):
    """The policy does not allow it; `code` is the rule's own."""

    leaves_record = True

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class AlreadyAsked(Refused):
    """Exactly this waits for a decision already."""

    code = "already_asked"

    def __init__(self, request: int) -> None:
        super().__init__("This waits for approval already.")
        self.request = request


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody means to do: an action about a subject (kind, key), as far as its facts are known.

    `params` is what carrying it out later needs: ids, codes and numbers only. `words` are for whoever decides.
    """

    action: str
    subject: tuple[str, int]
    facts: Facts
    params: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Authorised:
    """`given`: the key of what was given by the person's own authority (for `reverse_use`); `request`: what waits instead."""

    decision: Decision
    given: int | None = None
    request: int | None = None
    refusal: Refused | None = None

    @property
    def is_allowed(self) -> bool:
        return self.decision.is_allowed


def authorise(agent: Person, case: Any, wish: Wish, *, by: Actor, at: datetime) -> Authorised:
    """Decides, and keeps what was decided. Joins the caller's transaction, which holds `case`, a row of all its columns."""
    facts = replace(wish.facts, case=case.id, customer=case.customer_id)
    if facts.amount is not None:
        requests.hold_uses([agent.id], customer=case.customer_id)
    decision = decide(wish.action, facts=facts, person=agent, at=at)
    if decision.outcome == APPROVAL and (waiting := waiting_like(digest_of(wish))) is not None:
        return Authorised(decision, refusal=AlreadyAsked(waiting))
    note_decision(wish.action, decision, facts=facts, agent=agent.id, at=at)
    if decision.outcome == DENY:
        data = {"action": wish.action, "code": decision.code, "rule": decision.rule_id, "policy": decision.version}
        denied = Happening("approval.refused", "conversation", case.number, case.id, case.customer_id, data)
        record(denied, by=by, at=at)
        return Authorised(decision, refusal=refusal_of(decision, language=agent.language))
    if decision.outcome == APPROVAL:
        return Authorised(decision, request=_ask(agent, case, wish, facts, decision, by=by, at=at))
    given = None
    if facts.amount is not None:
        given = requests.use(
            wish.action, minor=facts.amount.minor, currency=facts.amount.currency, agent=agent.id, case=case.id,
            customer=case.customer_id, at=at,
        )  # fmt: skip
    return Authorised(decision, given=given)


def refusal_of(decision: Decision, *, language: str) -> Denied:
    """The sentence of the rule in the reader's language, else in the company's first."""
    said = decision.sentence(language, *languages())
    return Denied(decision.code, said or _USUAL.get(decision.code, _USUAL["policy"]))


def digest_of(wish: Wish) -> str:
    """The same for exactly the same wish, whoever has it."""
    amount = wish.facts.amount
    said = [wish.action, *wish.subject, amount and [amount.minor, amount.currency], dict(wish.params)]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _ask(agent: Person, case: Any, wish: Wish, facts: Facts, decision: Decision, *, by: Actor, at: datetime) -> int:
    assert decision.approver is not None, "an approval says who has to agree"
    barred = pens(decision.code, decision.version or None, decision.rule_id)
    approver = whom_to_ask(
        wish.action, facts, decision.approver, asker=agent.id, number=case.number, but=barred, four_eyes=decision.code == FOUR_EYES, at=at
    )  # fmt: skip
    due_at = due_after(decision.hours, at=at) if approver else at + TRY_AGAIN
    new = NewRequest(
        wish.action, wish.subject, facts, decision, digest_of(wish), wish.words.strip()[:5000], wish.params
    )
    key = requests.ask(new, approver=approver, due_at=due_at, by=by, at=at)
    keep_pending([case.id])
    return key
