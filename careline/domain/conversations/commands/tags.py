"""Tags as such: made, renamed, removed; what stands on a case is labels.py."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands.labels import remove_tag, tag_ids
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

MOST_AT_ONCE = 500


class NameTaken(Refused):
    """Another tag is called so."""

    code = "name_taken"


@transaction.atomic
def add_tag_name(name: str, *, by: Actor, at: datetime) -> int:
    """The key of a new tag. Raises NameTaken."""
    db.lock_words(["tags"])
    if _named(name) is not None:
        raise NameTaken(f"There is a tag “{name}” already.")
    (key,) = tag_ids([name])
    record(Happening("tag.added", "tag", key), by=by, at=at)
    return key


@transaction.atomic
def rename_tag(key: int, name: str, *, by: Actor, at: datetime) -> str:
    """What it was called. On every case at once, since cases hold its key. Raises NotFound, NameTaken."""
    db.lock_words(["tags"])
    if _named(name) not in (None, key):
        raise NameTaken(f"There is a tag “{name}” already.")
    before: str | None = db.value("SELECT name FROM conversations_tag WHERE id = %s FOR UPDATE", [key])
    if before is None:
        raise NotFound(f"There is no tag {key}.")
    db.execute("UPDATE conversations_tag SET name = %s WHERE id = %s", [name, key])
    record(Happening("tag.renamed", "tag", key), by=by, at=at)
    return before


@transaction.atomic
def delete_tag(key: int, *, by: Actor, at: datetime) -> None:
    """Takes it off every case, each with its row of history. Raises NotFound, and Refused where that are too many at once."""
    db.lock_words(["tags"])
    name = db.value("SELECT name FROM conversations_tag WHERE id = %s", [key])
    if name is None:
        raise NotFound(f"There is no tag {key}.")
    cases = db.rows(
        "SELECT * FROM conversations_conversation WHERE tag_ids && ARRAY[%s::bigint] ORDER BY id LIMIT %s FOR UPDATE",
        [key, MOST_AT_ONCE + 1],
    )
    if len(cases) > MOST_AT_ONCE:
        raise Refused(f"More than {MOST_AT_ONCE} cases have this tag: take it off them by a bulk change first.")
    for case in cases:
        remove_tag(case, name=name, by=by, at=at)
    db.execute("DELETE FROM conversations_tag WHERE id = %s", [key])
    record(Happening("tag.removed", "tag", key), by=by, at=at)


def _named(name: str) -> int | None:
    return db.value("SELECT id FROM conversations_tag WHERE lower(name) = lower(%s)", [name])
