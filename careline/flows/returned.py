"""A message of ours came back, or somebody complained of it: said on the message, and on the address."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from careline.domain.channels.inbound import BounceClass, Inbound
from careline.domain.conversations.commands import messages
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.conversations.queries.messages import message_by_external_id, message_by_id
from careline.domain.customers import commands as customers
from careline.domain.history import actor
from careline.domain.history.commands import Happening, record


def note_return(inbound: Inbound, *, at: datetime) -> tuple[str, str, str, int | None, int | None]:
    """Links a bounce or a feedback report to what came back: (status, outcome, reason, case number, message)."""
    outcome = inbound.kind.value
    signed = inbound.data.get("signed_messages", ())
    bounce = inbound.bounce
    named = message_by_external_id(bounce.original_message_id) if bounce and bounce.original_message_id else None
    message = named.id if named else next(iter(signed), None)
    if message is None:
        return "unprocessed", "unrouted", f"A {outcome.replace('_', ' ')} of nothing we sent.", None, None
    ours = message_by_id(message)
    case = conversation_by_id(ours.conversation_id) if ours else None
    if case is None:
        return "unprocessed", "unrouted", f"A {outcome.replace('_', ' ')} of a message that is gone.", None, None
    recipients = [asdict(recipient) for recipient in bounce.recipients] if bounce else []
    hard = [r for r in (bounce.recipients if bounce else []) if r.bounce_class is BounceClass.HARD]
    if inbound.kind.value == "bounce":
        messages.mark_bounced(message, recipients=recipients, is_hard=bool(hard))
        for address in _written_to(ours) & {recipient.address.lower() for recipient in hard}:
            customers.mark_undeliverable("email", address, at=at)
    happening = "message.bounced" if inbound.kind.value == "bounce" else "message.complained_of"
    data = {"case": case.number, "hard": bool(hard)}
    record(Happening(happening, "message", message, case.id, case.customer_id, data), by=actor.SYSTEM, at=at)
    return "processed", outcome, "", case.number, message


def _written_to(ours: Any) -> set[str]:
    """Whom it went to. Anybody who received it can forge its bounce, and must not name others by that."""
    return {person["value"].lower() for person in (*ours.to, *ours.cc, *ours.bcc)}
