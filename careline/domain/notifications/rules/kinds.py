"""What people are told of, and who hears of a happening: from ids alone, before anybody's rights are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

ASSIGNED, MENTIONED, ANSWERED, NOTE, OFFERED = "assigned", "mentioned", "answered", "note", "offered"
NEAR, BROKEN, ESCALATED, RULE, FAILED = "promise_near", "promise_broken", "escalated", "rule", "failed"
APPROVAL, DECIDED, COMPLAINT = "approval", "decided", "complaint"
FOLLOW_UP, PRAISE = "follow_up", "praise"
KINDS = (
    OFFERED,
    ASSIGNED,
    MENTIONED,
    ANSWERED,
    NOTE,
    NEAR,
    BROKEN,
    ESCALATED,
    APPROVAL,
    DECIDED,
    COMPLAINT,
    FOLLOW_UP,
    PRAISE,
    FAILED,
    RULE,
)
URGENT = frozenset({ESCALATED, OFFERED, BROKEN})
"""What may break quiet hours, for whoever chose so."""


@dataclass(frozen=True, slots=True)
class Around:
    """Who is around a case: ids. `offered_to`: who is to answer an offer of it; `named`: who a message's note names."""

    assignee: int | None = None
    followers: tuple[int, ...] = ()
    offered_to: int | None = None
    named: tuple[int, ...] = ()
    author: int | None = None
    members: tuple[int, ...] = ()

    @property
    def near(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*((self.assignee,) if self.assignee else ()), *self.followers)))


def hearers_of(name: str, data: dict[str, Any], around: Around, *, actor: int | None) -> list[tuple[int, str]]:
    """(agent, kind) of all who hear of it; never whoever did it (`actor`: an agent's id)."""
    told = _TELL.get(name)
    found = told(data, around) if told else ()
    return [(agent, kind) for agent, kind in dict.fromkeys(found) if agent != actor]


Told = Iterable[tuple[int, str]]


def _assigned(data: dict[str, Any], around: Around) -> Told:
    to = data.get("assignee")
    if not to or to == data.get("assignee_before"):
        return []
    return [(to, OFFERED if around.offered_to == to else ASSIGNED)]


def _mentioned(data: dict[str, Any], around: Around) -> Told:
    return [(agent, MENTIONED) for agent in data.get("agents", ())]


def _answered(data: dict[str, Any], around: Around) -> Told:
    return [] if data.get("opened") else [(agent, ANSWERED) for agent in around.near]


def _note(data: dict[str, Any], around: Around) -> Told:
    """Whoever is named in it hears of that instead."""
    return [(agent, NOTE) for agent in around.near if agent not in around.named]


def _promise(kind: str) -> Callable[[dict[str, Any], Around], Told]:
    return lambda data, around: [(agent, kind) for agent in around.near]


def _by_rule(data: dict[str, Any], around: Around) -> Told:
    named = [data["agent"]] if data.get("agent") else around.members if data.get("team") else ()
    return [(agent, RULE) for agent in named]


def _escalated(data: dict[str, Any], around: Around) -> Told:
    """To whoever it was given by it; else to who has the case now, else to those of the team it went to."""
    to = data.get("assignee") or data.get("agent") or around.assignee
    return [(agent, ESCALATED) for agent in ([to] if to else around.members)]


def _asked(data: dict[str, Any], around: Around) -> Told:
    return [(data["to"], APPROVAL)] if data.get("to") else []


def _decided(data: dict[str, Any], around: Around) -> Told:
    return [(data["asked_by"], DECIDED)] if data.get("asked_by") else []


def _failed(data: dict[str, Any], around: Around) -> Told:
    return [(around.author, FAILED)] if around.author else []


def _handed(data: dict[str, Any], around: Around) -> Told:
    """To whoever a complaint, or what is mended after it, was given just now."""
    changed = [data.get("owner"), data.get("investigator")]
    return [(agent, COMPLAINT) for agent in changed if agent]


def _owed(data: dict[str, Any], around: Around) -> Told:
    return [(agent, FOLLOW_UP) for agent in ([data["owner"]] if data.get("owner") else around.near)]


def _praised(data: dict[str, Any], around: Around) -> Told:
    return [(data["agent"], PRAISE)] if data.get("agent") else []


_TELL: dict[str, Callable[[dict[str, Any], Around], Told]] = {
    "conversation.assigned": _assigned,
    "conversation.mentioned": _mentioned,
    "message.received": _answered,
    "note.added": _note,
    "sla.warned": _promise(NEAR),
    "sla.broken": _promise(BROKEN),
    "rule.notified": _by_rule,
    "escalation.raised": _escalated,
    "approval.asked": _asked,
    "approval.passed_on": _asked,
    "approval.approved": _decided,
    "approval.denied": _decided,
    "approval.failed": _decided,
    **dict.fromkeys(
        (
            "complaint.recorded",
            "complaint.changed",
            "complaint.warned",
            "complaint.broken",
            "complaint.correction_asked",
            "complaint.correction_late",
            "complaint.check_due",
        ),
        _handed,
    ),
    "follow_up.due": _owed,
    "voice.praised": _praised,
    "message.failed": _failed,
    "message.uncertain": _failed,
    "message.bounced": _failed,
}
HEARD = frozenset(_TELL)
TAKEN_BACK = "message.taken_back"
APPROVAL_OVER = frozenset({"approval.approved", "approval.denied", "approval.withdrawn"})
"""After these nobody has to decide."""
PROMISE_OVER = frozenset({"sla.broken", "sla.met", "sla.cancelled"})
"""After these, that a promise is about to break is no news any more."""
