"""The company's own statuses, in the three categories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.typed_fields import code_of

CATEGORIES = ("open", "waiting", "resolved")
LONGEST_NAME = 60
_LAST = 32_000
"""Where retired ones stand: the first of a category is what a plain resolve or reopen takes."""


class BadStatus(Refused):
    code = "bad_status"


def names_of(given: dict[str, str], *, error: type[Refused] = BadStatus) -> dict[str, str]:
    """{language: text} without empty ones. Raises `error` where nothing is left, or a name is too long."""
    names = {language.strip().lower(): " ".join(text.split()) for language, text in given.items() if text.strip()}
    if not names:
        raise error("Give it a name.")
    if any(len(text) > LONGEST_NAME for text in names.values()):
        raise error(f"A name has at most {LONGEST_NAME} characters.")
    return names


@transaction.atomic
def add_status(name: dict[str, str], *, category: str, by: Actor, at: datetime) -> str:
    """A new status, the last of its category; its code. Raises BadStatus."""
    names = names_of(name)
    if category not in CATEGORIES:
        raise BadStatus(f"There is no category {category}; there are {', '.join(CATEGORIES)}.")
    code = _free_code(code_of(names.get("en") or next(iter(names.values()))).replace("_", "-"))
    key = db.value(
        """INSERT INTO conversations_status (code, name, category, position) VALUES (%s, %s, %s,
               (SELECT coalesce(max(position), 0) + 1 FROM conversations_status WHERE retired_at IS NULL)) RETURNING id""",
        [code, db.json(names), category],
    )
    record(Happening("status.added", "status", key, data={"category": category}), by=by, at=at)
    return code


@transaction.atomic
def change_status(code: str, *, name: dict[str, str] | None = None, retired: bool | None = None, position: int | None = None,
                  by: Actor, at: datetime) -> None:  # fmt: skip
    """Another name or place, out of use or in use again. Cases that bear it keep it. Raises BadStatus."""
    status = db.row("SELECT * FROM conversations_status WHERE code = %s FOR UPDATE", [code])
    if status is None:
        raise BadStatus(f"There is no status {code}.")
    if name is not None:
        db.execute("UPDATE conversations_status SET name = %s WHERE id = %s", [db.json(names_of(name)), status.id])
    if position is not None and status.retired_at is None:
        _put(status, position)
    if retired is not None and retired != (status.retired_at is not None):
        _retire(status, retired, at=at)
    record(Happening("status.changed", "status", status.id), by=by, at=at)


def _retire(status: Any, retired: bool, *, at: datetime) -> None:
    others = db.value(
        "SELECT count(*) FROM conversations_status WHERE category = %s AND retired_at IS NULL AND id <> %s",
        [status.category, status.id],
    )
    if retired and not others:
        raise BadStatus("It is the last one of its kind: add another one first.")
    db.execute(
        """UPDATE conversations_status SET retired_at = %s, position = CASE WHEN %s THEN %s ELSE
               (SELECT coalesce(max(position), 0) + 1 FROM conversations_status WHERE retired_at IS NULL) END WHERE id = %s""",
        [at if retired else None, retired, _LAST, status.id],
    )


def _put(status: Any, position: int) -> None:
    """Puts it into that place (0 is the first) among those in use, and numbers them all anew."""
    rows = db.rows(
        "SELECT id FROM conversations_status WHERE retired_at IS NULL AND id <> %s ORDER BY position, id", [status.id]
    )
    ids = [row.id for row in rows]
    ids.insert(max(0, position), status.id)
    db.execute_all(
        "UPDATE conversations_status SET position = %s WHERE id = %s", [(place, key) for place, key in enumerate(ids)]
    )


def _free_code(wanted: str) -> str:
    taken = {row.code for row in db.rows("SELECT code FROM conversations_status")}
    code, n = wanted[:46], 2
    while code in taken:
        code, n = f"{wanted[:46]}-{n}", n + 1
    return code
