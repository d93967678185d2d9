"""The fields that the company asks for about its customers and companies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.commands import fields
from careline.domain.customers.queries.fields import field_by_id
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.kit.typed_fields import BadDefinition, defined


def add_customer_field(
    agent: Person,
    subject: str,
    *,
    name: str,
    kind: str,
    code: str = "",
    choices: Sequence[tuple[str, str]] = (),
    is_required: bool = False,
    is_listed: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """The new field's key; `subject` is customer or organisation. Raises Forbidden, BadDefinition."""
    require(agent, "customer:fields")
    if subject not in fields.SUBJECTS:
        raise BadDefinition("A field belongs to customer or organisation.")
    definition = defined(code, name=name, kind=kind, choices=choices, is_required=is_required)
    return int(fields.define_field(subject, definition=definition, is_listed=is_listed, by=by, at=at).pk)


def change_customer_field(
    agent: Person,
    field: int,
    *,
    name: str,
    choices: Sequence[tuple[str, str]] = (),
    is_required: bool = False,
    is_listed: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Name, choices, whether it must be filled in and stands in the list. Raises NotFound, Forbidden, BadDefinition."""
    require(agent, "customer:fields")
    held = field_by_id(field)
    if held is None:
        raise NotFound(f"There is no field {field}.")
    definition = defined(held.code, name=name, kind=held.kind, choices=choices, is_required=is_required)
    fields.change_field(field, definition=definition, is_listed=is_listed, by=by, at=at)


def archive_customer_field(agent: Person, field: int, *, by: Actor, at: datetime) -> None:
    """It is no longer asked for; values stay. Raises NotFound, Forbidden."""
    require(agent, "customer:fields")
    if field_by_id(field) is None:
        raise NotFound(f"There is no field {field}.")
    fields.archive_field(field, by=by, at=at)
