"""What people call the ways in by which customers come: mailboxes, chats, forms."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels


def channel_names(*, active: bool = True) -> dict[int, str]:
    """By id; where several are called the same, with what tells them apart: of mailboxes the address, of others what they are."""
    rows, kinds = channels(active=active), kind_names()
    often = Counter(row.name for row in rows)
    return {
        row.id: row.name if often[row.name] == 1 else f"{row.name} ({row.address if row.kind == 'email' else kinds.get(row.kind, row.kind)})"
        for row in rows
    }  # fmt: skip


def kind_names() -> dict[Any, str]:
    return {
        "email": _("Mail"),
        "form": _("Form"),
        "chat": _("Chat"),
        "phone": _("Phone"),
        "portal": _("Customers' pages"),
    }
