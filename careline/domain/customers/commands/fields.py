"""Fields that the company adds to its customers and companies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from careline.domain.customers.models import Field
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit.typed_fields import BadDefinition, Definition

SUBJECTS = ("customer", "organisation")


@transaction.atomic
def define_field(subject: str, *, definition: Definition, is_listed: bool, by: Actor, at: datetime) -> Field:
    """A new field; the code of an archived one wakes that one, which must be of the same kind. Raises BadDefinition."""
    held = Field.objects.select_for_update().filter(subject=subject, code=definition.code).first()
    if held is not None and (held.archived_at is None or held.kind != definition.kind):
        raise BadDefinition(f"There is a field {definition.code} already.")
    last = Field.objects.filter(subject=subject).aggregate(last=Max("position"))["last"] or 0
    words = {**_words(definition), "is_listed": is_listed, "archived_at": None}
    if held is None:
        words |= {"kind": definition.kind, "position": last + 1, "created_at": at}
    field, _ = Field.objects.update_or_create(subject=subject, code=definition.code, defaults=words)
    _record("field.added", field, by=by, at=at)
    return field


@transaction.atomic
def change_field(field: int, *, definition: Definition, is_listed: bool, by: Actor, at: datetime) -> None:
    """Another name, other choices, required or not. Code and kind stay: values stand in it. Raises BadDefinition."""
    held = Field.objects.select_for_update().get(pk=field)
    if (held.code, held.kind) != (definition.code, definition.kind):
        raise BadDefinition("The code and the kind of a field stay as they are; add another field instead.")
    Field.objects.filter(pk=field).update(**_words(definition), is_listed=is_listed)
    _record("field.changed", held, by=by, at=at)


@transaction.atomic
def archive_field(field: int, *, by: Actor, at: datetime) -> None:
    """No longer asked for or shown; its values are kept, and come back with it."""
    if Field.objects.filter(pk=field, archived_at=None).update(archived_at=at):
        _record("field.archived", Field.objects.get(pk=field), by=by, at=at)


def _words(definition: Definition) -> dict[str, object]:
    choices = [[choice.code, choice.name] for choice in definition.choices]
    return {"name": definition.name, "choices": choices, "is_required": definition.is_required}


def _record(name: str, field: Field, *, by: Actor, at: datetime) -> None:
    record(Happening(name, "field", field.pk, data={"of": field.subject, "code": field.code}), by=by, at=at)
