"""Canned replies and macros as somebody may see them: everybody's, their teams' and their own."""

from __future__ import annotations

from typing import Any

from careline.domain.staff.rules import Person
from careline.kit import db

_AUDIENCE = """(k.owner_id = %(me)s OR (k.owner_id IS NULL AND (k.team_id IS NULL OR k.team_id = ANY(%(teams)s) OR %(all_teams)s)))"""
_USES = """
LEFT JOIN (SELECT item, sum(times)::int AS times, max(last_at) AS last_at, sum(times) FILTER (WHERE agent_id = %(me)s)::int AS own_times,
                  max(last_at) FILTER (WHERE agent_id = %(me)s) AS own_last_at
           FROM knowledge_use WHERE kind = '{kind}' GROUP BY item) u ON u.item = k.id"""
_COUNTED = "coalesce(u.times, 0) AS uses, u.last_at AS used_at, coalesce(u.own_times, 0) AS own_uses, u.own_last_at AS own_used_at"
_REPLY = f"""
SELECT k.id, k.name, k.abbreviation, k.folder, k.labels, k.texts, k.owner_id, k.team_id, t.name AS team_name, k.created_at, k.updated_at, {_COUNTED},
    (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'type', f.media_type, 'size', f.size, 'digest', f.file_id)
        ORDER BY f.position, f.id), '[]') FROM knowledge_cannedfile f WHERE f.reply_id = k.id) AS files
FROM knowledge_cannedreply k LEFT JOIN staff_team t ON t.id = k.team_id {_USES.format(kind="reply")}
"""
_MACRO = f"""
SELECT k.id, k.name, k.folder, k.actions, k.owner_id, k.team_id, t.name AS team_name, k.created_at, k.updated_at, {_COUNTED}
FROM knowledge_macro k LEFT JOIN staff_team t ON t.id = k.team_id {_USES.format(kind="macro")}
"""
# The abbreviation itself, names that begin so, words that begin so in a name, then the text; among equals what is used most.
_RANK = """CASE WHEN k.abbreviation = lower(%(words)s) THEN 0
    WHEN k.abbreviation <> '' AND k.abbreviation LIKE lower(%(pattern)s) || '%%' THEN 1
    WHEN k.name ILIKE %(pattern)s || '%%' THEN 2
    WHEN k.name ILIKE '%% ' || %(pattern)s || '%%' THEN 3
    WHEN k.name ILIKE '%%' || %(pattern)s || '%%' OR k.folder ILIKE %(pattern)s || '%%' THEN 4 ELSE 5 END"""


def replies_of(person: Person, *, words: str = "", limit: int = 500) -> list[Any]:
    """The replies this person may use: by name, or with words those that hold every one of them, the best first."""
    return db.rows(
        f"""{_REPLY} WHERE {_AUDIENCE} AND {_HOLDS_ALL}
            ORDER BY CASE WHEN %(words)s = '' THEN 0 ELSE {_RANK} END, CASE WHEN %(words)s = '' THEN 0 ELSE -coalesce(u.own_times, 0) END,
                lower(k.name), k.id LIMIT %(limit)s""",
        {**_seen_by(person), **_asked(words), "limit": limit},
    )


_HOLDS_ALL = """(SELECT coalesce(bool_and(k.name ILIKE p OR k.abbreviation ILIKE p OR k.folder ILIKE p OR k.texts::text ILIKE p
    OR array_to_string(k.labels, ' ') ILIKE p), true) FROM unnest(%(patterns)s::text[]) AS p)"""


def often_used(person: Person, *, limit: int = 8) -> list[Any]:
    """The replies that this person used last: what the picker opens with."""
    return db.rows(
        f"{_REPLY} WHERE {_AUDIENCE} ORDER BY u.own_last_at DESC NULLS LAST, u.times DESC NULLS LAST, lower(k.name) LIMIT %(limit)s",
        {**_seen_by(person), "limit": limit},
    )


def reply_of(person: Person, key: int) -> Any | None:
    """One of them; None for absent and not theirs alike."""
    return db.row(f"{_REPLY} WHERE k.id = %(key)s AND {_AUDIENCE}", {**_seen_by(person), "key": key})


def reply_abbreviated(person: Person, abbreviation: str) -> Any | None:
    """The reply with this abbreviation: one's own before the team's before everybody's."""
    return db.row(
        f"""{_REPLY} WHERE k.abbreviation = lower(%(word)s) AND k.abbreviation <> '' AND {_AUDIENCE}
            ORDER BY k.owner_id IS NULL, k.team_id IS NULL, k.id LIMIT 1""",
        {**_seen_by(person), "word": abbreviation},
    )


def macros_of(person: Person, *, words: str = "", limit: int = 500) -> list[Any]:
    """The macros this person may run: by name, or with words those whose name or folder holds them."""
    return db.rows(
        f"""{_MACRO} WHERE {_AUDIENCE} AND (SELECT coalesce(bool_and(k.name ILIKE p OR k.folder ILIKE p), true)
                FROM unnest(%(patterns)s::text[]) AS p)
            ORDER BY CASE WHEN %(words)s = '' THEN 0 ELSE -coalesce(u.own_times, 0) END, lower(k.name), k.id LIMIT %(limit)s""",
        {**_seen_by(person), **_asked(words), "limit": limit},
    )


def macro_of(person: Person, key: int) -> Any | None:
    return db.row(f"{_MACRO} WHERE k.id = %(key)s AND {_AUDIENCE}", {**_seen_by(person), "key": key})


def file_of(person: Person, key: int) -> Any | None:
    """A file of a reply that this person may use: digest, name, media_type, size."""
    return db.row(
        f"""SELECT f.file_id AS digest, f.name, f.media_type, f.size FROM knowledge_cannedfile f
            JOIN knowledge_cannedreply k ON k.id = f.reply_id WHERE f.id = %(key)s AND {_AUDIENCE}""",
        {**_seen_by(person), "key": key},
    )


def folders_of(person: Person) -> list[str]:
    found = db.rows(
        f"""SELECT DISTINCT k.folder FROM knowledge_cannedreply k WHERE k.folder <> '' AND {_AUDIENCE} ORDER BY 1""", _seen_by(person)
    )  # fmt: skip
    return [row.folder for row in found]


def _seen_by(person: Person) -> dict[str, Any]:
    """Who keeps everybody's replies sees those of every team."""
    scopes = {grant.scope for grant in person.grants.get("canned:manage", ())}
    return {"me": person.id, "teams": list(person.team_ids), "all_teams": "all" in scopes}


def _asked(words: str) -> dict[str, Any]:
    words = " ".join(words.split())[:200]
    plain = [_quoted(word) for word in words.split()[:10]]
    return {"words": words, "pattern": _quoted(words), "patterns": [f"%{word}%" for word in plain]}


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
