"""Who reacts to what: the whole list.

A reaction runs in the transaction that moves the reader's cursor, so at least once and usually once; it must do no harm
the second time and nothing slow. What leaves the house is queued by it, never sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from careline.domain.history.queries import Happened
from careline.domain.loyalty.commands.scheme import ask_counting
from careline.domain.sla.commands.policies import ask_recount, ask_recount_of
from careline.entrypoints.worker import routing
from careline.flows import (
    follow_chat,
    follow_escalation,
    follow_routing,
    follow_up,
    pass_on_approval,
    plan_survey,
    recover_after_survey,
)
from careline.flows.acknowledge import acknowledge
from careline.flows.refer import reward_referral
from careline.flows.run_guide import keep_named_walk
from careline.flows.write_complaint_letter import follow_letter_taken_back

Reaction = Callable[[Happened, datetime], None]


def acknowledge_the_first_mail(happened: Happened, at: datetime) -> None:
    if happened.data.get("opened") and happened.conversation_id is not None:
        acknowledge(happened.conversation_id, happened.subject_key, at=at)


def count_promises_of_customer_anew(happened: Happened, at: datetime) -> None:
    """Who gets which promise may hang on a field of the customer."""
    ask_recount_of(at=at, customer=happened.subject_key)


def count_promises_of_company_anew(happened: Happened, at: datetime) -> None:
    ask_recount_of(at=at, organisation=happened.subject_key)


def count_promises_anew(happened: Happened, at: datetime) -> None:
    ask_recount("calendar", at=at)


def keep_walked_guide(happened: Happened, at: datetime) -> None:
    """Who walked a guide alone names it in what they write then."""
    if happened.conversation_id is not None:
        keep_named_walk(happened.conversation_id, happened.subject_key, at=at)


def reward_who_brought_them(happened: Happened, at: datetime) -> None:
    if happened.customer_id is not None:
        reward_referral(happened.customer_id, at=at)


def count_what_goes_together(happened: Happened, at: datetime) -> None:
    ask_counting(at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "message.received": (acknowledge_the_first_mail, keep_walked_guide, follow_escalation.follow_customer),
    "message.taken_back": (follow_letter_taken_back,),
    "sla.broken": (follow_escalation.follow_broken,),
    "escalation.asked": (follow_escalation.follow_asked,),
    "conversation.reopened": (follow_escalation.follow_reopened,),
    "order.placed": (count_what_goes_together,),
    "order.delivered": (reward_who_brought_them,),
    "customer.changed": (count_promises_of_customer_anew,),
    "customer.absorbed": (count_promises_of_customer_anew,),
    "customer.unmerged": (count_promises_of_customer_anew,),
    "organisation.changed": (count_promises_of_company_anew,),
    "calendar.changed": (count_promises_anew,),
    "agent.deactivated": (pass_on_approval.follow_leaver, follow_up.follow_leaver),
    "conversation.resolved": (plan_survey.follow_resolved,),
    "request.rated": (plan_survey.follow_request_rated,),
    "chat.rated": (plan_survey.follow_chat_rated,),
    "survey.answered": (recover_after_survey.follow_low_score,),
    "survey.changed_answer": (recover_after_survey.follow_low_score,),
    "follow_up.done": (recover_after_survey.follow_recovery,),
    "deputy.began": (pass_on_approval.follow_absence,),
}

_OF_QUEUES: tuple[tuple[frozenset[str], Reaction], ...] = (
    (follow_routing.OF_CASES, routing.follow_case),
    (follow_routing.OF_PEOPLE, routing.follow_person),
    (follow_routing.OF_QUEUES, routing.follow_queue),
    (follow_routing.OF_ALL, routing.follow_house),
    (follow_chat.OF_CHATS, follow_chat.follow_chat),
)
for _names, _reaction in _OF_QUEUES:
    REACTIONS |= {name: (*REACTIONS.get(name, ()), _reaction) for name in _names}
