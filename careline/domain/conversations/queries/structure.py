"""What cases are made of: statuses, topics, and the company's own fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from careline.kit import db
from careline.kit.typed_fields import Choice, Definition

Names = dict[str, str]


def in_language(names: Names, language: str) -> str:
    """The name in the reader's language, else in English, else in any."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def all_statuses() -> list[Any]:
    """Every status in its order, those out of use last: id, code, name, category, retired_at."""
    return db.rows("SELECT id, code, name, category, retired_at FROM conversations_status ORDER BY position, id")


def status_named(word: str) -> Any | None:
    """A status in use, by its code or its name in any language."""
    return db.row(
        """SELECT id, code, name, category FROM conversations_status s WHERE retired_at IS NULL AND (code = lower(%(word)s)
               OR EXISTS (SELECT FROM jsonb_each_text(s.name) n WHERE lower(n.value) = lower(%(word)s)))
           ORDER BY code <> lower(%(word)s), position, id LIMIT 1""",
        {"word": word.strip()},
    )


def topics() -> list[Any]:
    """Every topic: id, parent_id, name, position, retired_at; parents before their children, in order."""
    rows = db.rows("SELECT id, parent_id, name, position, retired_at FROM conversations_topic ORDER BY position, id")
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[Any] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        topic = waiting.pop()
        found.append(topic)
        waiting += below.get(topic.id, [])[::-1]
    return found


def paths_of(rows: list[Any], language: str) -> dict[int, str]:
    """Each topic with those above it, as in "Bikes / Brakes"."""
    known = {row.id: row for row in rows}
    paths: dict[int, str] = {}
    for row in rows:
        above = f"{paths[row.parent_id]} / " if row.parent_id in paths else ""
        paths[row.id] = above + in_language(known[row.id].name, language)
    return paths


def case_fields() -> list[Any]:
    """Every field of the company's own, in order: id, code, name, kind, choices, topic_ids, is_needed_to_resolve, retired_at."""
    return db.rows("SELECT * FROM conversations_casefield ORDER BY retired_at IS NOT NULL, position, id")


def fields_for(topic: int | None) -> list[Any]:
    """Those in use that belong on a case with this topic: of all cases, of the topic, or of one above it."""
    return db.rows(
        """WITH RECURSIVE above (id, parent_id) AS (
               SELECT id, parent_id FROM conversations_topic WHERE id = %s
             UNION ALL SELECT t.id, t.parent_id FROM conversations_topic t JOIN above ON t.id = above.parent_id)
           SELECT f.* FROM conversations_casefield f WHERE f.retired_at IS NULL
               AND (f.topic_ids = '{}' OR f.topic_ids && ARRAY(SELECT id FROM above)) ORDER BY f.position, f.id""",
        [topic],
    )


def definition_of(one: Any, language: str = "en") -> Definition:
    """The field as the kit judges its values."""
    name = partial(in_language, language=language)
    choices = tuple(Choice(choice["code"], name(choice["name"])) for choice in one.choices)
    return Definition(one.code, name(one.name), one.kind, choices)


@dataclass(frozen=True, slots=True)
class Needed:
    """What has to be filled in before a case is resolved; read once for many cases. `above`: each topic's parent."""

    fields: tuple[Any, ...] = ()
    above: dict[int, int | None] = field(default_factory=dict)

    def missing(self, case: Any, *, language: str = "en") -> list[str]:
        """The names of the fields that this case still needs."""
        if not self.fields:
            return []
        topics, topic = set(), case.topic_id
        while topic is not None and topic not in topics:
            topics.add(topic)
            topic = self.above.get(topic)
        return [
            in_language(one.name, language)
            for one in self.fields
            if (not one.topic_ids or topics & set(one.topic_ids)) and case.fields.get(one.code) in (None, "", [])
        ]


def needed_fields() -> Needed:
    """One statement where no field is needed, two where one is."""
    rows = db.rows(
        """SELECT code, name, topic_ids FROM conversations_casefield WHERE is_needed_to_resolve AND retired_at IS NULL
           ORDER BY position, id"""
    )
    if not rows:
        return Needed()
    above = {row.id: row.parent_id for row in db.rows("SELECT id, parent_id FROM conversations_topic")}
    return Needed(tuple(rows), above)
