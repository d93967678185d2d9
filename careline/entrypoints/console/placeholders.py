"""Placeholders in the ready-made texts of other desks, as the variables of our canned replies."""

from __future__ import annotations

import re

_OURS = {
    "ticket.requester.name": "customer.name", "ticket.requester.first_name": "customer.first_name",
    "ticket.requester.firstname": "customer.first_name", "ticket.requester.last_name": "customer.last_name",
    "ticket.requester.lastname": "customer.last_name", "ticket.requester.email": "customer.email",
    "ticket.requester.company_name": "customer.company", "ticket.organization.name": "customer.company", "ticket.id": "case.number",
    "ticket.title": "case.subject", "ticket.subject": "case.subject", "ticket.status": "case.status", "ticket.group.name": "team.name",
    "ticket.agent.name": "agent.name", "ticket.agent.email": "agent.email", "ticket.assignee.name": "agent.name",
    "ticket.assignee.first_name": "agent.first_name", "current_user.name": "agent.name", "current_user.first_name": "agent.first_name",
    "current_user.email": "agent.email", "ticket.brand.name": "brand.name",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}", re.I)


def in_our_words(text: str) -> str:
    """Those that mean something here; the others stand as they were, and our composer asks for them to be filled in."""
    return _PLACEHOLDER.sub(lambda found: f"{{{{{_OURS.get(found[1].lower(), found[1])}}}}}", text)
