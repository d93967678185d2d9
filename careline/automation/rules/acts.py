"""What a rule does, action by action: the flows that people call, each on its own; what is refused is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from careline.automation.rules.house import HOUSE
from careline.automation.rules.macros import ACTS, filled
from careline.domain.approvals.rules.facts import Facts
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.staff.rules import Forbidden
from careline.flows.answer_by_rule import answer_by_rule
from careline.flows.ask_approval import ask_approval
from careline.flows.authorise import Wish
from careline.flows.checklist import add_steps
from careline.flows.follow import follow
from careline.flows.follow_up import plan_by_rule
from careline.flows.insert_reply import preview_reply
from careline.flows.set_fields import set_fields, set_topic
from careline.flows.tell_by_rule import call_webhook_by_rule, escalate_by_rule, notify_by_rule
from careline.kit import db
from careline.kit.money import money_of

ORDER = (
    "assign", "team", "follow", "untag", "tag", "topic", "set_field", "priority", "checklist", "note", "send_reply", "reply", "notify_agent",
    "notify_team", "follow_up", "escalate", "ask_approval", "webhook", "status", "reopen", "resolve", "snooze",
)  # fmt: skip
"""Cover first, then words, then what ends it."""


def actor_of(rule: int) -> Actor:
    return Actor(ActorKind.RULE, rule, "rule")


def act(
    number: int, actions: Sequence[dict[str, Any]], *, rule: int, run: int, answers: int | None, at: datetime
) -> list[dict[str, Any]]:
    """Does them one by one; each as a step {"do", "refusal"?, "code"?}. `answers` is the message that set the rule off."""
    by = actor_of(rule)
    steps = []
    for action in sorted(actions, key=lambda action: ORDER.index(action["do"])):
        step: dict[str, Any] = {"do": action["do"]}
        try:
            with db.savepoint():
                _do(number, action, run=run, answers=answers, by=by, at=at)
        except (Refused, Forbidden, NotFound) as refused:
            step |= {"refusal": str(refused)[:500], "code": getattr(refused, "code", "refused")}
        steps.append(step)
    return steps


def outcome_of(steps: Sequence[dict[str, Any]]) -> str:
    refused = sum("refusal" in step for step in steps)
    return "done" if not refused else "refused" if refused == len(steps) else "partly"


def _do(number: int, action: dict[str, Any], *, run: int, answers: int | None, by: Actor, at: datetime) -> None:
    kind = action["do"]
    case = conversation_for(HOUSE, number)
    if kind in ("reply", "send_reply"):
        answer_by_rule(case.id, _answer(case, action, at=at), answers=answers, by=by, at=at)
    elif kind == "webhook":
        call_webhook_by_rule(case, int(action["webhook"]), run=run, by=by, at=at)
    elif kind in _TELLS:
        _TELLS[kind](case, action, by, at)
    elif kind in _CHANGES:
        _CHANGES[kind](number, action, by, at)
    else:
        words = filled(action, case, HOUSE, at=at)
        if words is not None and words.unfilled:
            raise Refused(f"Nothing is known here for {', '.join(words.unfilled)}.")
        ACTS[kind](HOUSE, number, action, words, None, by, at)


def _answer(case: Any, action: dict[str, Any], *, at: datetime) -> str:
    is_canned = action["do"] == "send_reply"
    words: Any = (
        preview_reply(HOUSE, case.number, int(action["reply"]), at=at)
        if is_canned
        else filled(action, case, HOUSE, at=at)
    )
    if words.unfilled:
        raise Refused(f"Nothing is known here for {', '.join(words.unfilled)}.")
    return str(words.text)


def _ask(case: Any, action: dict[str, Any], by: Actor, at: datetime) -> None:
    """Where somebody asked for exactly this already, it waits as it is."""
    amount, _sep, currency = action["amount"].partition(" ")
    facts = Facts(money_of(amount, currency) if amount else None)
    wish = Wish(action["action"], ("conversation", case.id), facts, words=action["words"])
    ask_approval(HOUSE, case.number, wish, by=by, at=at)


Tell = Callable[[Any, dict[str, Any], Actor, datetime], None]
Alter = Callable[[int, dict[str, Any], Actor, datetime], None]

_TELLS: dict[str, Tell] = {
    "notify_agent": lambda case, action, by, at: notify_by_rule(case, agent=int(action["agent"]), by=by, at=at),
    "notify_team": lambda case, action, by, at: notify_by_rule(case, team=int(action["team"]), by=by, at=at),
    "escalate": lambda case, action, by, at: escalate_by_rule(case, by=by, at=at),
    "follow_up": lambda case, action, by, at: plan_by_rule(case, days=int(action["days"]), by=by, at=at),
    "ask_approval": _ask,
}
_CHANGES: dict[str, Alter] = {
    "follow": lambda number, action, by, at: follow(HOUSE, number, int(action["agent"]), by=by, at=at),
    "topic": lambda number, action, by, at: set_topic(
        HOUSE, number, None if action["to"] == "none" else int(action["to"]), by=by, at=at
    ),
    "set_field": lambda number, action, by, at: set_fields(
        HOUSE, number, {action["field"]: action["value"]}, by=by, at=at
    ),
    "checklist": lambda number, action, by, at: add_steps(
        HOUSE, number, template=int(action["template"]), by=by, at=at
    ),
}
