"""The operators of a query and what may stand behind them. Pure."""

from __future__ import annotations

TEXT_PARTS = {"subject": "s", "from": "f", "to": "t", "cc": "c", "filename": "n"}
"""Operators on words of a part of a message, and the part's mark in the index (conversations.rules.searchable)."""
CATEGORIES = {"open": "open", "waiting": "waiting", "resolved": "resolved", "closed": "resolved", "solved": "resolved"}
IS = (*CATEGORIES, "spam", "snoozed", "unread", "unassigned", "assigned", "mine", "note")
HAS = ("attachment", "note")
PRIORITIES = ("low", "normal", "high", "urgent")

# operator: an example of what may stand behind it
OPERATORS: dict[str, str] = {
    "from": "carol@example.com", "to": "support@northwind.example", "cc": "dan@example.org", "subject": "invoice",
    "tag": "refund", "is": "open", "assignee": "me", "team": "Front", "status": "open", "priority": "urgent", "channel": "Support",
    "customer": "carol@example.com", "company": "Northwind", "number": "12", "before": "2026-11-22", "after": "7d", "on": "today",
    "has": "attachment", "filename": "invoice.pdf", "language": "de", "follower": "me", "mentions": "me", "field": "plan:gold",
}  # fmt: skip
VALUES: dict[str, tuple[str, ...]] = {
    "is": IS, "has": HAS, "priority": PRIORITIES, "assignee": ("me", "none"), "team": ("none",), "from": ("me",), "follower": ("me",),
    "mentions": ("me",), "before": ("today", "7d", "30d"), "after": ("today", "7d", "30d"), "on": ("today", "yesterday"),
}  # fmt: skip
"""Of operators that take one of a few values, or for which these may be offered."""
CLOSED_VALUES = ("is", "has", "priority")
"""Operators that take nothing else."""
