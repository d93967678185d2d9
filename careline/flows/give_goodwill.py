"""Goodwill: something is given to make up for trouble. It stands as a note on the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.kit.money import Money


def give_goodwill(case: Any, money: Money | None, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Joins the caller's transaction, which holds the case. Raises Refused."""
    if money is None or money.minor <= 0:
        raise Refused("Goodwill needs an amount.")
    house = languages()[0]
    with translation.override(house):
        text = _("Goodwill of %(amount)s was given.") % {"amount": money.words(house)}
    note = NewMessage(
        kind="note", conversation=case.id, author_kind=by.kind.value, author_id=by.id, form="note", visibility="staff",
        text=text, visible_text=text, language=house,
    )  # fmt: skip
    key = messages.add(note, number=case.number, customer=case.customer_id, happening="note.added", by=by, at=at)
    cases.note_internal(case, message=key, has_attachment=False, at=at)
    return {"note": key}
