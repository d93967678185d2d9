"""Canned replies are written, changed and thrown away: one's own by anybody who answers, those of a team or of all by who may."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.messages import NewAttachment
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands import canned
from careline.domain.knowledge.commands.canned import AbbreviationTaken, File
from careline.domain.knowledge.queries.canned import reply_of
from careline.domain.knowledge.rules.replies import (
    BadReply,
    Text,
    abbreviation_from,
    labels_from,
    name_from,
    texts_from,
)
from careline.domain.knowledge.rules.sheet import replies_in
from careline.domain.staff.rules import Forbidden, Person, require

VERB = "canned:manage"
WRITES = "conversation:reply"


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as somebody wrote it. `audience`: me, team (then `team_id`) or all. `files` None leaves those it has."""

    name: str
    texts: dict[str, Text] = field(default_factory=dict)
    abbreviation: str = ""
    folder: str = ""
    labels: tuple[str, ...] = ()
    audience: str = "me"
    team_id: int | None = None
    files: tuple[NewAttachment, ...] | None = None


def add_canned_reply(agent: Person, written: Written, *, by: Actor, at: datetime) -> int:
    """A new reply; its id. Raises Forbidden, BadReply."""
    require(agent, WRITES)
    words = _fit(agent, written)
    try:
        return canned.add_reply(files=_files(written) or (), by=by, at=at, **words)
    except AbbreviationTaken as taken:
        raise BadReply("abbreviation", str(taken)) from taken


def change_canned_reply(agent: Person, key: int, written: Written, *, by: Actor, at: datetime) -> None:
    """It says this from now on. Raises NotFound, Forbidden, BadReply."""
    _theirs(agent, key)
    words = _fit(agent, written)
    try:
        canned.change_reply(key, files=_files(written), by=by, at=at, **words)
    except AbbreviationTaken as taken:
        raise BadReply("abbreviation", str(taken)) from taken


def remove_canned_reply(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    _theirs(agent, key)
    canned.remove_reply(key, by=by, at=at)


def bring_in_replies(
    agent: Person, sheet: str, *, audience: str, team_id: int | None = None, by: Actor, at: datetime
) -> int:
    """The replies of a CSV sheet, all or none; how many. Raises Forbidden, BadSheet, BadReply."""
    require(agent, WRITES)
    found = replies_in(sheet)
    with transaction.atomic():
        for one in found:
            written = Written(one.name, one.texts, one.abbreviation, one.folder, one.labels, audience, team_id)
            try:
                add_canned_reply(agent, written, by=by, at=at)
            except BadReply as wrong:
                raise BadReply(wrong.field, f"{one.name}: {wrong}") from wrong
    return len(found)


def guard_audience(agent: Person, audience: str, team: int | None) -> None:
    """What is a team's takes the verb for one's own teams; what is everybody's takes it for all. Raises Forbidden."""
    if audience == "me":
        return
    scopes = {grant.scope for grant in agent.grants.get(VERB, ())}
    if "all" not in scopes and not (audience == "team" and scopes and team in agent.team_ids):
        raise Forbidden(VERB)


def audience_of(row: Any) -> str:
    return "me" if row.owner_id else "team" if row.team_id else "all"


def _theirs(agent: Person, key: int) -> None:
    require(agent, WRITES)
    row = reply_of(agent, key)
    if row is None:
        raise NotFound(f"There is no canned reply {key}.")
    guard_audience(agent, audience_of(row), row.team_id)


def _fit(agent: Person, written: Written) -> dict[str, Any]:
    if written.audience not in ("me", "team", "all"):
        raise BadReply("audience", "A reply is for me, for a team or for all.")
    if written.audience == "team" and written.team_id is None:
        raise BadReply("team", "Say whose reply it is: name the team.")
    guard_audience(agent, written.audience, written.team_id)
    return {
        "name": name_from(written.name), "texts": texts_from(written.texts), "abbreviation": abbreviation_from(written.abbreviation),
        "folder": " / ".join(part.strip() for part in written.folder.split("/") if part.strip())[:200],
        "labels": labels_from(written.labels), "owner_id": agent.id if written.audience == "me" else None,
        "team_id": written.team_id if written.audience == "team" else None,
    }  # fmt: skip


def _files(written: Written) -> list[File] | None:
    if written.files is None:
        return None
    return [File(f.digest, f.name, f.media_type, f.size) for f in written.files]
