"""Macros are written, changed and thrown away, by the same rules as canned replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import canned
from careline.domain.knowledge.queries.canned import macro_of
from careline.domain.knowledge.rules.actions import BadMacro, actions_from
from careline.domain.staff.rules import Person, require
from careline.flows.change_canned_reply import WRITES, audience_of, guard_audience


@dataclass(frozen=True, slots=True)
class WrittenMacro:
    """A macro as somebody wrote it; `actions` as rules/actions.py reads them."""

    name: str
    actions: list[dict[str, Any]] = field(default_factory=list)
    folder: str = ""
    audience: str = "me"
    team_id: int | None = None


def add_macro(agent: Person, written: WrittenMacro, *, by: Actor, at: datetime) -> int:
    """A new macro; its id. Raises Forbidden, BadMacro."""
    require(agent, WRITES)
    return canned.add_macro(by=by, at=at, **_fit(agent, written))


def change_macro(agent: Person, key: int, written: WrittenMacro, *, by: Actor, at: datetime) -> None:
    """It does this from now on. Raises NotFound, Forbidden, BadMacro."""
    _theirs(agent, key)
    canned.change_macro(key, by=by, at=at, **_fit(agent, written))


def remove_macro(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    _theirs(agent, key)
    canned.remove_macro(key, by=by, at=at)


def _theirs(agent: Person, key: int) -> None:
    require(agent, WRITES)
    row = macro_of(agent, key)
    if row is None:
        raise NotFound(f"There is no macro {key}.")
    guard_audience(agent, audience_of(row), row.team_id)


def _fit(agent: Person, written: WrittenMacro) -> dict[str, Any]:
    name = " ".join(written.name.split())
    if not name or len(name) > 200:
        raise BadMacro("name", "A macro needs a name of at most 200 characters.")
    if written.audience not in ("me", "team", "all"):
        raise BadMacro("audience", "A macro is for me, for a team or for all.")
    if written.audience == "team" and written.team_id is None:
        raise BadMacro("team", "Say whose macro it is: name the team.")
    guard_audience(agent, written.audience, written.team_id)
    return {
        "name": name, "actions": actions_from(written.actions), "folder": written.folder.strip()[:200],
        "owner_id": agent.id if written.audience == "me" else None, "team_id": written.team_id if written.audience == "team" else None,
    }  # fmt: skip
