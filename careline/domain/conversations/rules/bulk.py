"""One change to many cases, as a value, and what it makes of each."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.conversations.rules.covers import Cover, moved_to

MOST = 100_000
STATES = ("resolved", "open")


class BadChange(ValueError):
    """A bulk change that can't be meant; `field` is what is wrong with it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class BulkWish:
    """What is to happen to each case; None leaves it as it is. `assignee`, `team` and `topic` 0 mean nobody and none.

    `tags` and `untags` are names, `priority` a number, `state` resolved or open, `status` one of the company's own by code
    or name, `fields` values by code (None empties one). A reply goes to the case's own
    recipients (all of them where `everybody`).
    """

    assignee: int | None = None
    team: int | None = None
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    priority: int | None = None
    state: str | None = None
    status: str | None = None
    topic: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    snoozed_until: str | None = None
    is_spam: bool | None = None
    reply: str = ""
    everybody: bool = True
    resolve: bool = False

    @property
    def is_reply(self) -> bool:
        return bool(self.reply.strip())

    @property
    def verbs(self) -> tuple[str, ...]:
        """Each that its maker must hold on every case; a status asks for one more, by what it does to a case."""
        moves = self.assignee is not None or self.team is not None
        asked = {
            "conversation:assign": moves,
            "conversation:resolve": self.state is not None or (self.is_reply and self.resolve),
            "conversation:reply": self.is_reply,
            "conversation:label": bool(self.tags or self.untags or self.fields)
            or any(value is not None for value in (self.priority, self.snoozed_until, self.is_spam, self.topic)),
        }
        return tuple(verb for verb, is_asked in asked.items() if is_asked)

    @property
    def is_empty(self) -> bool:
        return not self.verbs and self.status is None


def kept(wish: BulkWish) -> dict[str, Any]:
    """As JSON, without what is not asked for."""
    return {name: value for name, value in asdict(wish).items() if value not in (None, (), "", {})}


def wish_from(data: dict[str, Any]) -> BulkWish:
    known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return BulkWish(**known)


@dataclass(frozen=True, slots=True)
class Known:
    """What is looked up once for all cases: tags by id, the first status of each category, (id, category) of the status asked for,
    and who of the cases' assignees has left.
    """

    tag_ids: tuple[int, ...]
    untag_ids: frozenset[int]
    statuses: dict[str, int]
    status: tuple[int, str] | None = None
    leavers: frozenset[int] = frozenset()


def cover_wanted(before: Cover, wish: BulkWish, known: Known, *, at: datetime) -> Cover:
    """The cover that the wish makes of this one."""
    after = dict(before)
    if wish.assignee is not None:
        after["assignee_id"] = wish.assignee or None
    if wish.team is not None:
        after["team_id"] = wish.team or None
    if known.tag_ids or known.untag_ids:
        tags = sorted({*before["tag_ids"], *known.tag_ids} - known.untag_ids)
        after["tag_ids"] = before["tag_ids"] if set(tags) == set(before["tag_ids"]) else tags
    if wish.priority is not None:
        after["priority"] = wish.priority
    if wish.is_spam is not None:
        after["is_spam"] = wish.is_spam
    if wish.snoozed_until is not None and before["category"] != "resolved":
        after["snoozed_until"] = wish.snoozed_until or None
    if wish.state is not None and wish.state != before["category"]:
        after |= _moved(wish.state, known, at)
    if wish.topic is not None:
        after["topic_id"] = wish.topic or None
    if wish.fields:
        filled = {**before["fields"], **wish.fields}
        after["fields"] = {code: value for code, value in filled.items() if value is not None}
    if known.status is not None:
        after |= moved_to(*known.status, before, at=at)
    if before["category"] == "resolved" != after["category"] and after["assignee_id"] in known.leavers:
        after["assignee_id"] = None
    return after


def _moved(state: str, known: Known, at: datetime) -> Cover:
    moved: Cover = {"category": state, "status_id": known.statuses[state]}
    if state == "resolved":
        idle = {"waiting_since": None, "snoozed_until": None}
        return moved | idle | {"resolved_at": at.isoformat()}
    return moved | {"resolved_at": None}
