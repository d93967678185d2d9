"""Who reacts to what: the whole list.

A reaction runs in the transaction that moves the reader's cursor, so at least once and usually once; it must do no harm
the second time and nothing slow. What leaves the house is queued by it, never sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from careline.domain.history.queries import Happened
from careline.domain.sla.commands.policies import ask_recount, ask_recount_of
from careline.flows.acknowledge import acknowledge

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


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "message.received": (acknowledge_the_first_mail,),
    "customer.changed": (count_promises_of_customer_anew,),
    "customer.absorbed": (count_promises_of_customer_anew,),
    "customer.unmerged": (count_promises_of_customer_anew,),
    "organisation.changed": (count_promises_of_company_anew,),
    "calendar.changed": (count_promises_anew,),
}
