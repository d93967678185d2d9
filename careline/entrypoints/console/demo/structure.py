"""What the demo's cases are made of, and how some hang together: own statuses, topics, fields; a merge, a link, a question aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.commands.fields import NewField, add_field, add_topic
from careline.domain.conversations.commands.statuses import add_status
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.queries import agent_id_of, person
from careline.entrypoints.console.demo.plan import Case
from careline.flows.follow import follow
from careline.flows.link import link
from careline.flows.merge import merge
from careline.flows.set_fields import set_fields, set_topic
from careline.flows.side_conversation import Aside, ask_aside

_TOPICS = {
    "Bikes": ("Frames", "Brakes", "Lights", "Gears", "Batteries", "Appointments"),
    "Orders": ("Delivery", "Returns", "Missing parts", "Changes and discounts", "Double charges"),
    "Invoices": (), "Rentals": (), "Advice": ("Offers",), "Sign-in": (),
}  # fmt: skip
_SIZES = ("Small", "Medium", "Large")


def put_in_order(cases: Sequence[Case], *, now: datetime) -> None:
    """Makes statuses, topics and fields, and uses them on a few of the newest cases."""
    told: dict[str, Any] = {"by": SYSTEM, "at": now - timedelta(days=40)}
    add_status({"en": "Waiting for a supplier", "de": "Wartet auf Lieferanten"}, category="waiting", **told)
    keys: dict[str, int] = {}
    for name, below in _TOPICS.items():
        keys[name] = add_topic({"en": name}, **told)
        keys |= {part: add_topic({"en": part}, parent=keys[name], **told) for part in below}
    bikes = [keys["Bikes"], keys["Frames"]]
    add_field(NewField({"en": "Frame number", "de": "Rahmennummer"}, "text", topics=bikes[:1]), **told)
    add_field(
        NewField(
            {"en": "Size", "de": "Größe"}, "choice", choices=[("", {"en": size}) for size in _SIZES], topics=bikes[:1]
        ),
        **told,
    )
    ada = person(agent_id_of("ada@northwind.example") or 0)
    newest = sorted({case.number for case in cases if case.number})[-40:]
    if ada is None or len(newest) < 10:
        return
    by = agent(ada.id)
    calm = [
        number
        for number in newest
        if (case := conversation_by_number(number)) and not case.snoozed_until and not case.is_spam
    ]
    framed = next((number for number in reversed(calm) if "frame" in _subject(number)), calm[-3])
    other, third, fourth = [number for number in calm if number != framed][-6:-3]
    then = min(now, _last_change(framed) + timedelta(minutes=2))
    set_topic(ada, framed, bikes[1], by=by, at=then)
    set_fields(ada, framed, {"frame_number": "NW-20817", "size": "medium"}, by=by, at=then)
    link(ada, framed, other, "related", by=by, at=then)
    follow(ada, framed, ada.id, by=by, at=then)
    question = "Is this frame still in your store? A customer waits for it."
    makers = Recipient("frames@supplier.example", "Frame makers")
    ask_aside(ada, framed, Aside(text=question, to=(makers,)), by=by, at=then)
    merge(ada, third, fourth, by=by, at=max(_last_change(third), _last_change(fourth)))


def _subject(number: int) -> str:
    case = conversation_by_number(number)
    return case.subject.lower() if case is not None else ""


def _last_change(number: int) -> datetime:
    case = conversation_by_number(number)
    assert case is not None, "it was told just now"
    moment: datetime = case.updated_at
    return moment
