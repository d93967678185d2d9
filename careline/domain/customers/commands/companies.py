"""Companies that our customers work for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.models import Organisation
from careline.domain.customers.rules.words import sort_name_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

CHANGEABLE = frozenset(("name", "domains", "notes", "fields"))


@transaction.atomic
def add_organisation(
    name: str,
    *,
    domains: Sequence[str] = (),
    notes: str = "",
    fields: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Organisation:
    """A company that customers work for; `domains` are those of its mail addresses."""
    organisation = Organisation.objects.create(
        name=name, sort_name=sort_name_of(name), domains=list(domains), notes=notes, fields=fields or {}, created_at=at
    )
    record(Happening("organisation.added", "organisation", organisation.pk), by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(organisation: int, *, by: Actor, at: datetime, **words: Any) -> None:
    """Changes name, domains, notes or fields; a field set to None is taken away."""
    unknown = set(words) - CHANGEABLE
    if unknown:
        raise ValueError(f"A company has no {', '.join(sorted(unknown))}.")
    held = Organisation.objects.select_for_update().get(pk=organisation)
    if "fields" in words:
        merged = {**held.fields, **words["fields"]}
        words = {**words, "fields": {code: value for code, value in merged.items() if value is not None}}
    changed = sorted(name for name, value in words.items() if getattr(held, name) != value)
    if not changed:
        return
    new = {name: words[name] for name in changed}
    if "name" in new:
        new["sort_name"] = sort_name_of(new["name"])
    Organisation.objects.filter(pk=organisation).update(**new)
    record(Happening("organisation.changed", "organisation", organisation, data={"fields": changed}), by=by, at=at)


def organisations_named(names: Sequence[str], *, may_add: bool = True, by: Actor, at: datetime) -> dict[str, int]:
    """The id of each name, compared as lists sort them; one that nobody has yet is added, or 0 where that may not be."""
    wanted = {sort_name_of(name): name for name in names if name.strip()}
    held = {
        row.sort_name: row.id
        for row in db.rows(
            "SELECT min(id) AS id, sort_name FROM customers_organisation WHERE sort_name = ANY(%s) GROUP BY sort_name",
            [list(wanted)],
        )
    }
    for sort_name, name in wanted.items():
        if sort_name not in held:
            held[sort_name] = add_organisation(name.strip(), by=by, at=at).pk if may_add else 0
    return {name: held[sort_name_of(name)] for name in names if name.strip()}
