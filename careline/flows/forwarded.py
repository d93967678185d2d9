"""A mail that an agent forwards to us is a case of the customer who wrote it, not of the agent."""

from __future__ import annotations

from dataclasses import replace

from careline.domain.channels.inbound import Inbound
from careline.domain.staff.queries import agent_id_of


def case_of_forwarded(inbound: Inbound) -> Inbound:
    """The forwarded mail as the customer's own, where a proven agent forwards one; else what came in, as it is.

    An unproven From never acts as an agent: then the mail stays the sender's, and the case says that it may be somebody else's.
    """
    original = inbound.forwarded
    if original is None or not original.sender.value or agent_id_of(inbound.sender.value) is None:
        return inbound
    if not inbound.authenticity.verified:
        return replace(inbound, data={**inbound.data, "passed_on": True})
    return replace(
        inbound,
        sender=original.sender,
        reply_to=[],
        to=[],
        cc=[],
        subject=original.subject or inbound.subject,
        text=original.text,
        html=original.html,
        visible_text=original.visible_text or original.text,
        quoted=original.quoted,
        signature=original.signature,
        in_reply_to="",
        references=[],
        sent_at=original.sent_at or inbound.sent_at,
        authenticity=replace(inbound.authenticity, verified=False),
        data={**inbound.data, "forwarded_by": inbound.sender.value},
    )
