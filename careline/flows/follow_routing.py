"""What happens elsewhere, as queues see it: a case comes, goes or changes; somebody has room, comes, learns or leaves.

Reactions to history: they only write down what is to be matched anew, so that they may run twice and late.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.commands.giving import Handing, hand_out
from careline.domain.history.actor import SYSTEM
from careline.domain.history.queries import Happened
from careline.domain.routing.commands import marks, openings, places
from careline.domain.routing.commands.offers import accept_offer, end_offers
from careline.domain.routing.queries.waiting import facts_of
from careline.domain.staff.attendance import (
    AWAY,
    DID_NOT_ANSWER,
    SIGNED_OUT,
    attendance_of,
    come_in,
    go_where_signed_out,
    note_given,
)
from careline.flows.route import BY, desk_of

ARRIVES = frozenset({
    "conversation.opened", "conversation.brought_in", "conversation.reopened", "conversation.unmarked_spam", "conversation.split",
})  # fmt: skip
_LEAVES = frozenset({"conversation.resolved", "conversation.waits", "conversation.snoozed", "conversation.marked_spam"})
OF_CASES = ARRIVES | _LEAVES | {
    "conversation.assigned", "conversation.woken", "conversation.topic_changed", "conversation.customer_changed",
    "conversation.restricted", "conversation.unrestricted", "conversation.merged", "conversation.unmerged", "conversation.absorbed",
    "conversation.released", "conversation.skills_asked", "message.queued",
}  # fmt: skip
OF_PEOPLE = frozenset({
    "agent.signed_in", "agent.signed_out", "session.ended", "agent.reactivated", "agent.role_changed", "agent.skills_changed",
    "agent.availability_changed", "agent.capacity_changed",
})  # fmt: skip
OF_QUEUES = frozenset({"team.changed", "queue.changed"})
OF_ALL = frozenset(
    {"role.changed", "skill_rules.changed", "case_weights.changed", "calendar.added", "calendar.changed"}
)


def follow_case(happened: Happened, at: datetime) -> None:
    """Its place in the queue, whom it frees, and whether it waits for somebody."""
    facts = facts_of(happened.conversation_id) if happened.conversation_id is not None else None
    if facts is None:
        return
    freed = _freed(happened, facts)
    if freed is not None:
        marks.mark_people([freed], at=at)
    if (given := happened.data.get("assignee")) is not None and happened.name == "conversation.assigned":
        note_given([given], at=happened.at)
    if facts.mode == "push":
        if happened.name == "conversation.reopened" and _is_owner_gone(happened, facts, at=at):
            back = Handing(facts.id, facts.team_id, None, "owner_gone", was=facts.assignee_id)
            if hand_out([back], by=BY, at=at):
                facts = facts_of(facts.id)
        _follow_place(happened, facts, at=at)


def _follow_place(happened: Happened, facts: Any, *, at: datetime) -> None:
    if happened.actor_kind == "agent":
        accept_offer(facts.id, agent=happened.actor_id, by=SYSTEM, at=at)
    is_waiting = _is_waiting(facts)
    end_offers([facts.id], at=at, but=facts.assignee_id if _is_at_work(facts) else None)
    if is_waiting:
        places.enter(facts.id, since=happened.at, anew=happened.name in ARRIVES, at=at)
    elif facts.category == "resolved" or facts.team_id is None:
        places.leave(facts.id)
    elif facts.assignee_id is not None:
        places.rest([facts.id])
    if is_waiting:
        if (returned := _returned_by(happened)) is not None:
            places.note_return(facts.id, returned)
        marks.mark_cases([facts.id], at=at)


def follow_person(happened: Happened, at: datetime) -> None:
    agent = happened.subject_key
    if happened.name == "agent.signed_in":
        come_in(agent, by=SYSTEM, at=at)
    elif happened.name in ("agent.signed_out", "session.ended"):
        go_where_signed_out(agent, by=SYSTEM, at=at)
        return
    if happened.name == "agent.capacity_changed":
        openings.look_ahead(at=at)
    marks.mark_people([agent], at=at)


def follow_queue(happened: Happened, at: datetime) -> None:
    """Its people or its settings are others."""
    if happened.name == "queue.changed":
        places.enter_all(happened.subject_key, at=at)
        openings.look_ahead(at=at)
    marks.mark_queues([happened.subject_key], at=at)


def follow_house(happened: Happened, at: datetime) -> None:
    """Roles, rules of skills, weights or calendars are others: everything is looked at again."""
    if happened.name.startswith("calendar."):
        openings.look_ahead(at=at)
    marks.mark_queues(None, at=at)


def _is_owner_gone(happened: Happened, facts: Any, *, at: datetime) -> bool:
    """The case is open again, and whoever had it is not here for it: then the queue finds somebody.

    A resolved one comes back only to somebody who is there and has room; one that waited for the customer stays with its
    owner, also over a break, unless they left. Who opens their own case has it.
    """
    if not _is_at_work(facts) or facts.assignee_id is None:
        return False
    if happened.actor_kind == "agent" and happened.actor_id == facts.assignee_id:
        return False
    now = attendance_of(facts.assignee_id)
    if now.state == AWAY and now.reason in (SIGNED_OUT, DID_NOT_ANSWER):
        return True
    if happened.data.get("was") != "resolved":
        return False
    hand = next((one for one in desk_of([facts.team_id], at=at).hands if one.id == facts.assignee_id), None)
    return hand is None or bool(hand.absence) or facts.team_id in hand.shut or hand.load > hand.units


def _freed(happened: Happened, facts: Any) -> int | None:
    """Whose hands are freer now."""
    said = happened.data
    if happened.name == "conversation.assigned":
        before: int | None = said.get("assignee_before")
        return before if before != said.get("assignee") else None
    key: int | None = facts.assignee_id
    return key if happened.name in _LEAVES else None


def _returned_by(happened: Happened) -> int | None:
    """From whom a person took the case, and gave it to nobody."""
    said = happened.data
    if happened.name != "conversation.assigned" or happened.actor_kind != "agent" or said.get("assignee") is not None:
        return None
    before: int | None = said.get("assignee_before")
    return before


def _is_waiting(facts: Any) -> bool:
    return _is_at_work(facts) and facts.assignee_id is None and facts.team_id is not None


def _is_at_work(facts: Any) -> bool:
    return (
        facts.category == "open" and not facts.is_spam and facts.merged_into_id is None and facts.snoozed_until is None
    )
