"""What the register goes by: rule sets in versions, categories, causes, letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.complaints.models import Category, Cause, Letter, RuleSet
from careline.domain.complaints.rules.terms import Terms
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record


@dataclass(frozen=True, slots=True)
class NewRules:
    """A version of the rule set `code`, or the first of a new one."""

    code: str
    name: str
    terms: Terms
    valid_from: datetime
    brand: int | None = None
    product: int | None = None
    country: str = ""
    calendar: int | None = None
    body: str = ""
    is_off: bool = False


@transaction.atomic
def add_rules(new: NewRules, *, author: int | None, by: Actor, at: datetime) -> int:
    """Versions are never changed: what was begun under one stays under it."""
    extension = new.terms.extension
    row = RuleSet.objects.create(
        code=new.code, name=new.name, brand_id=new.brand, product_id=new.product, country=new.country, calendar_id=new.calendar,
        terms=new.terms.kept(), extension=extension.kept() if extension else {}, body=new.body, is_off=new.is_off, author_id=author,
        written_at=at, valid_from=new.valid_from,
    )  # fmt: skip
    _say("complaint_rules.changed", "complaint_rules", row.pk, {"is_off": new.is_off}, by=by, at=at)
    return int(row.pk)


@transaction.atomic
def save_category(key: int | None, *, name: str, is_active: bool = True, by: Actor, at: datetime) -> int | None:
    """None where there is no such category."""
    if key is None:
        key = int(Category.objects.create(name=name, position=Category.objects.count(), is_active=is_active).pk)
    elif not Category.objects.filter(pk=key).update(name=name, is_active=is_active):
        return None
    _say("complaint_category.changed", "complaint_category", key, {"is_active": is_active}, by=by, at=at)
    return key


@transaction.atomic
def save_cause(
    key: int | None, *, name: str, parent: int | None, is_active: bool = True, by: Actor, at: datetime
) -> int | None:
    """A cause stays where it stands in the tree; None where there is none of this key."""
    if key is None:
        position = Cause.objects.filter(parent_id=parent).count()
        key = int(Cause.objects.create(name=name, parent_id=parent, position=position, is_active=is_active).pk)
    elif not Cause.objects.filter(pk=key).update(name=name, is_active=is_active):
        return None
    data = {"parent": parent, "is_active": is_active}
    _say("complaint_cause.changed", "complaint_cause", key, data, by=by, at=at)
    return key


@transaction.atomic
def save_letter(
    key: int | None,
    *,
    kind: str,
    outcome: str,
    name: str,
    texts: Mapping[str, str],
    is_active: bool = True,
    by: Actor,
    at: datetime,
) -> int | None:
    said = {"kind": kind, "outcome": outcome, "name": name, "texts": dict(texts), "is_active": is_active}
    if key is None:
        key = int(Letter.objects.create(**said).pk)
    elif not Letter.objects.filter(pk=key).update(**said):
        return None
    _say("complaint_letter.changed", "complaint_letter", key, {"kind": kind, "is_active": is_active}, by=by, at=at)
    return key


def _say(name: str, kind: str, key: int, data: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    record(Happening(name, kind, key, data=dict(data)), by=by, at=at)
