"""Canned replies and macros: written, changed, thrown away, used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.knowledge.models import CannedFile, CannedReply, Macro
from careline.kit import db
from careline.kit.renaming import Node, renamed


class AbbreviationTaken(Exception):
    """Another reply of the same people has this abbreviation."""

    code = "abbreviation_taken"


@dataclass(frozen=True, slots=True)
class File:
    """A stored file that goes with a reply."""

    digest: str
    name: str
    media_type: str
    size: int


@transaction.atomic
def add_reply(*, files: Sequence[File] = (), by: Actor, at: datetime, **words: Any) -> int:
    """A new reply; its id. `words` are the columns of the table. Raises AbbreviationTaken."""
    reply = _once(lambda: CannedReply.objects.create(created_at=at, updated_at=at, **words), words)
    _set_files(reply.pk, files)
    record(Happening("canned_reply.added", "canned_reply", reply.pk), by=by, at=at)
    return int(reply.pk)


@transaction.atomic
def change_reply(key: int, *, files: Sequence[File] | None = None, by: Actor, at: datetime, **words: Any) -> None:
    """`files` None leaves them as they are. Raises AbbreviationTaken."""
    _once(lambda: CannedReply.objects.filter(pk=key).update(updated_at=at, **words), words)
    if files is not None:
        _set_files(key, files)
    record(Happening("canned_reply.changed", "canned_reply", key), by=by, at=at)


@transaction.atomic
def remove_reply(key: int, *, by: Actor, at: datetime) -> None:
    CannedReply.objects.filter(pk=key).delete()
    record(Happening("canned_reply.removed", "canned_reply", key), by=by, at=at)


@transaction.atomic
def add_macro(*, by: Actor, at: datetime, **words: Any) -> int:
    macro = Macro.objects.create(created_at=at, updated_at=at, **words)
    record(Happening("macro.added", "macro", macro.pk), by=by, at=at)
    return int(macro.pk)


@transaction.atomic
def change_macro(key: int, *, by: Actor, at: datetime, **words: Any) -> None:
    Macro.objects.filter(pk=key).update(updated_at=at, **words)
    record(Happening("macro.changed", "macro", key), by=by, at=at)


@transaction.atomic
def rename_tag_in_macros(old: str, new: str, *, by: Actor, at: datetime) -> None:
    """Macros that put a tag on go on with it when it is called otherwise."""
    for macro in Macro.objects.select_for_update().order_by("pk"):
        actions = renamed(macro.actions, old, new, under=_names_tags)
        if actions != macro.actions:
            change_macro(macro.pk, by=by, at=at, actions=actions)


def _names_tags(node: Node) -> tuple[str, ...]:
    return ("names",) if node.get("do") in ("tag", "untag") else ()


@transaction.atomic
def remove_macro(key: int, *, by: Actor, at: datetime) -> None:
    Macro.objects.filter(pk=key).delete()
    record(Happening("macro.removed", "macro", key), by=by, at=at)


def note_uses(kind: str, items: Sequence[int], *, agent: int, at: datetime) -> None:
    """These were used once each: one row per day and person, however many they are."""
    db.execute(
        """INSERT INTO knowledge_use (kind, item, agent_id, used_on, times, last_at)
           SELECT %(kind)s, item, %(agent)s, (%(at)s AT TIME ZONE 'UTC')::date, count(*), %(at)s FROM unnest(%(items)s::bigint[]) AS item
           GROUP BY item ORDER BY item
           ON CONFLICT (kind, item, agent_id, used_on) DO UPDATE SET
               times = knowledge_use.times + excluded.times, last_at = greatest(knowledge_use.last_at, excluded.last_at)""",
        {"kind": kind, "items": list(items), "agent": agent, "at": at},
    )


def _once(write: Any, words: dict[str, Any]) -> Any:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if "abbreviation_once" not in str(error):
            raise
        raise AbbreviationTaken(f"There is a reply with ;{words.get('abbreviation', '')} already.") from error


def _set_files(reply: int, files: Sequence[File]) -> None:
    CannedFile.objects.filter(reply_id=reply).delete()
    CannedFile.objects.bulk_create(
        CannedFile(reply_id=reply, position=n, file_id=f.digest, name=f.name, media_type=f.media_type, size=f.size)
        for n, f in enumerate(files)
    )
