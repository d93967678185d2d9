"""What colleagues write down about a customer, and what the customer agreed to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.customers.commands.words import refresh_words
from careline.domain.customers.models import Consent, Note
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record


class NoSuchNote(LookupError):
    """The customer has no such note (any more)."""


@transaction.atomic
def add_note(customer_id: int, *, text: str, by: Actor, at: datetime) -> Note:
    note = Note.objects.create(customer_id=customer_id, author_id=_agent(by), text=text, created_at=at)
    refresh_words([customer_id])
    _record("customer.noted", customer_id, {"note": note.pk}, by=by, at=at)
    return note


@transaction.atomic
def change_note(customer_id: int, *, note: int, text: str, by: Actor, at: datetime) -> None:
    """Raises NoSuchNote."""
    if not Note.objects.filter(customer_id=customer_id, pk=note).update(text=text, edited_at=at):
        raise NoSuchNote("This note is no longer there.")
    refresh_words([customer_id])
    _record("customer.note_changed", customer_id, {"note": note}, by=by, at=at)


@transaction.atomic
def remove_note(customer_id: int, *, note: int, by: Actor, at: datetime) -> None:
    """Raises NoSuchNote."""
    if not Note.objects.filter(customer_id=customer_id, pk=note).delete()[0]:
        raise NoSuchNote("This note is no longer there.")
    refresh_words([customer_id])
    _record("customer.note_removed", customer_id, {"note": note}, by=by, at=at)


@transaction.atomic
def give_consent(customer_id: int, *, purpose: str, how: str, by: Actor, at: datetime) -> None:
    """They agreed to be written to for this purpose; who agreed already stays as they are."""
    made, is_new = Consent.objects.get_or_create(
        customer_id=customer_id,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"given_at": at, "given_how": how, "given_by_id": _agent(by)},
    )
    if is_new:
        data = {"consent": made.pk, "purpose": purpose}
        _record("customer.consent_given", customer_id, data, by=by, at=at)


@transaction.atomic
def withdraw_consent(customer_id: int, *, purpose: str, how: str, by: Actor, at: datetime) -> None:
    """They no longer agree; what they agreed to before stays on the record. Without a consent there is nothing to do."""
    held = Consent.objects.select_for_update().filter(customer_id=customer_id, purpose=purpose, withdrawn_at=None)
    key = held.values_list("pk", flat=True).first()
    if key is not None:
        Consent.objects.filter(pk=key).update(withdrawn_at=at, withdrawn_how=how, withdrawn_by_id=_agent(by))
        data = {"consent": key, "purpose": purpose}
        _record("customer.consent_withdrawn", customer_id, data, by=by, at=at)


def _agent(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None


def _record(name: str, customer: int, data: dict[str, object], *, by: Actor, at: datetime) -> None:
    record(Happening(name, "customer", customer, customer=customer, data=data), by=by, at=at)
