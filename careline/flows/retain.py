"""What is not kept for ever: rules that people make and look at first, and that the night carries out in chunks.

Nothing goes without a row saying when, by whom and under which rule: each case has its happening, each run its row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.removing import count_old_inbound, empty_inbound, inbound_of, old_inbound
from careline.domain.company.queries import company
from careline.domain.conversations.commands import removing
from careline.domain.conversations.commands import retention as rules
from careline.domain.conversations.commands.removing import Removed
from careline.domain.conversations.commands.retention import Said
from careline.domain.conversations.commands.search_index import forget_texts
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.removals import with_parts
from careline.domain.conversations.queries.retention import (
    cut_of,
    due_cases,
    due_counts,
    due_examples,
    retention_rule,
    rules_due,
)
from careline.domain.conversations.rules.retention import next_night
from careline.domain.files.commands import let_go, take_off_the_disk
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.staff.rules import Person, reach_of, require
from careline.flows.forget_words import forget_words

CHUNK = 100
RAW_CHUNK = 500
AT_ONCE = 5
"""Chunks of a rule before the timetable sees to other things."""
_ACTS = {"delete": removing.remove_cases, "anonymise": removing.empty_cases, "files": removing.drop_files}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would remove now: how much of each noun, and some of the cases."""

    counts: dict[str, int]
    examples: list[Any] = field(default_factory=list)


def add_rule(agent: Person, said: Said, *, by: Actor, at: datetime) -> int:
    """Raises Forbidden, BadRule."""
    require(agent, "retention:manage")
    return rules.add_rule(said, due_at=_tonight(at), by=by, at=at)


def change_rule(agent: Person, key: int, said: Said, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, BadRule, NotFound."""
    require(agent, "retention:manage")
    rules.change_rule(key, said, due_at=_tonight(at), by=by, at=at)


def end_rule(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, "retention:manage")
    rules.end_rule(key, by=by, at=at)


def would_remove(agent: Person, key: int, *, at: datetime) -> Preview:
    """The dry run; changes nothing. Raises Forbidden, NotFound."""
    require(agent, "retention:manage")
    return _preview(agent, _rule(key), at)


def run_now(agent: Person, key: int, *, by: Actor, at: datetime) -> int:
    """Carries a rule out at once, also one that is off: the run's id. Raises Forbidden, NotFound."""
    require(agent, "retention:manage")
    return _run(_rule(key), by=by, at=at)


def run_due_rules(*, at: datetime) -> int:
    """Some of what the night has to carry out, so that others get their turn; how many rules were due."""
    due = rules_due(at=at)
    for rule in due:
        _run(rule, by=Actor(ActorKind.RULE, id=rule.id, via="retention"), at=at, chunks=AT_ONCE)
    return len(due)


def _run(rule: Any, *, by: Actor, at: datetime, chunks: int = 1_000_000) -> int:
    """Chunk after chunk, each a transaction of its own: a stop in the middle loses nothing, and the next call goes on."""
    run = rules.begin_run(rule.id, cut_at=cut_of(rule, at), by=by, at=at)
    for _ in range(chunks):
        if not _chunk(rule, run, by=by, at=at):
            break
    else:
        return run
    rules.end_run(run, rule=rule.id, due_at=_tonight(at), by=by, at=at)
    return run


def _chunk(rule: Any, run: int, *, by: Actor, at: datetime) -> bool:
    """Whether there was something to remove."""
    with transaction.atomic():
        counts, digests = _of_cases(rule, run, by, at) if rule.target == "cases" else _of_raw(rule, at)
        if not counts:
            return False
        gone = let_go(sorted(digests))
        forget_texts(gone)
        rules.count_in_run(run, {**counts, "files": len(gone)})
    take_off_the_disk(gone)
    return True


def _of_cases(rule: Any, run: int, by: Actor, at: datetime) -> tuple[dict[str, int], set[str]]:
    chosen = due_cases(rule, at=at, limit=CHUNK)
    if not chosen:
        return {}, set()
    parts = with_parts(chosen)  # they have none any more once they are gone
    removed: Removed = _ACTS[rule.action](parts, why={"rule": rule.id, "run": run}, by=by, at=at)
    digests = set(removed.digests)
    if rule.action != "files":
        digests |= forget_words(parts)
    raw: list[int] = []
    if rule.action != "files" or removed.message_ids:
        raw = inbound_of(removed.message_ids)
        digests |= set(empty_inbound(raw, outcome="removed", reason=f"Removed by rule {rule.id}.", at=at))
    counts = {
        "cases": len(chosen), "messages": removed.messages, "attachments": removed.attachments, "raw messages": len(raw),
    }  # fmt: skip
    return counts, digests


def _of_raw(rule: Any, at: datetime) -> tuple[dict[str, int], set[str]]:
    ids = old_inbound(
        before=cut_of(rule, at), is_placed=rule.target == "raw", channels=_channels(rule), limit=RAW_CHUNK
    )
    if not ids:
        return {}, set()
    digests = empty_inbound(ids, outcome="removed", reason=f"Removed by rule {rule.id}.", at=at)
    return {"raw messages": len(ids)}, set(digests)


def _preview(agent: Person, rule: Any, at: datetime) -> Preview:
    if rule.target != "cases":
        number = count_old_inbound(before=cut_of(rule, at), is_placed=rule.target == "raw", channels=_channels(rule))
        return Preview({"raw messages": number})
    counted = due_counts(rule, at=at)
    return Preview(
        {"cases": counted.cases, "messages": int(counted.messages)},
        due_examples(rule, reach_of(agent, "conversation:read"), at=at),
    )


def _rule(key: int) -> Any:
    found = retention_rule(key)
    if found is None:
        raise NotFound(f"There is no retention rule {key}.")
    return found


def _channels(rule: Any) -> list[int] | None:
    return [int(key) for key in rule.filter.get("channels") or ()] or None


def _tonight(at: datetime) -> datetime:
    held = company()
    return next_night(at, zone=held.time_zone if held else "UTC")
