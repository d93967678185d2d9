"""When a trigger fires: what people call it, and which happenings it is."""

from __future__ import annotations

from collections.abc import Iterable

WHENS: dict[str, tuple[str, ...]] = {
    "opened": ("conversation.opened",),
    "customer_wrote": ("message.received",),
    "answered": ("message.queued",),
    "noted": ("note.added",),
    "assigned": ("conversation.assigned",),
    "tagged": ("conversation.tagged",),
    "prioritised": ("conversation.prioritised",),
    "topic_changed": ("conversation.topic_changed",),
    "fields_changed": ("conversation.fields_changed",),
    "status_changed": ("conversation.status_changed", "conversation.resolved", "conversation.reopened", "conversation.waits"),
    "resolved": ("conversation.resolved",),
    "reopened": ("conversation.reopened",),
    "woken": ("conversation.woken",),
    "marked_spam": ("conversation.marked_spam",),
    "sla_warned": ("sla.warned",),
    "sla_broken": ("sla.broken",),
    "escalated": ("conversation.escalated", "escalation.asked"),
    "bounced": ("message.bounced",),
}  # fmt: skip
"""`answered` hears of acknowledgements and answers of rules too: `by` tells them apart."""
TRIGGER, TIME = "trigger", "time"
KINDS = (TRIGGER, TIME)


def happenings_of(whens: Iterable[str]) -> list[str]:
    return sorted({name for when in whens for name in WHENS.get(when, ())})
