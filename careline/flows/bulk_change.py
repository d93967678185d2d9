"""One change to many cases: asked for at a door, carried out by the worker in chunks, with every guard and history row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import bulk as bulks
from careline.domain.conversations.commands import labels, many
from careline.domain.conversations.errors import AlreadyGone, NotFound
from careline.domain.conversations.queries.bulk import bulk_of, items_in
from careline.domain.conversations.queries.structure import needed_fields, status_named, topics
from careline.domain.conversations.queries.work import leavers_among, seen_among, statuses_by_category
from careline.domain.conversations.rules.bulk import STATES, BadChange, BulkWish, Known, cover_wanted, kept, wish_from
from careline.domain.conversations.rules.covers import cover_of, differing
from careline.domain.conversations.rules.filling import unknown_in
from careline.domain.followups.queries.follow_ups import loose_ends
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import is_assignable, person, teams
from careline.domain.staff.rules import Person, may, narrowed_to, reach_of, require
from careline.flows.bulk_reply import answer, take_answers_back
from careline.flows.resolve import objections
from careline.flows.set_fields import UnfitFields, fit_fields

CHUNK = 250
CHUNK_OF_ANSWERS = 20
_NOT_SEEN = ("not_found", "There is no such case, or it is not yours to see.")
_NOT_ALLOWED = ("forbidden", "You may not do this with this case.")
_NO_STATUS = ("refused", "The status is not in use any more.")
_MERGED = ("merged", "It was merged into another case.")


def ask_for_bulk_change(agent: Person, numbers: Sequence[int], wish: BulkWish, *, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden where a verb is not held at all, BadChange for what can't be meant."""
    if wish.is_empty:
        raise BadChange("change", "Say what is to change.")
    _require_verbs(agent, wish)
    _judge(wish, numbers)
    wish = replace(wish, fields=_fit(wish.fields, agent))
    with transaction.atomic():
        return bulks.ask(numbers, change=kept(wish), verbs=sorted(agent.grants), agent=agent.id, by=by, at=at)


def end_bulk_change(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Stops one that runs, and undoes one that is over. Raises NotFound, Forbidden, AlreadyGone."""
    with transaction.atomic():
        if bulk_of(key, agent=agent.id) is None:
            raise NotFound(f"There is no bulk change {key} of yours.")
        bulk = bulks.locked(key)
        if bulk.state in ("queued", "running"):
            bulks.end(bulk, "cancelled", by=by, at=at)
        elif bulk.state in ("done", "cancelled"):
            if bulk.ended_at + bulks.UNDONE_WITHIN < at:
                raise AlreadyGone("It is too long ago to be undone.")
            _require_verbs(agent, wish_from(bulk.change))
            bulks.set_state(bulk, "undoing", at=at)


def carry_on(*, at: datetime) -> int:
    """Does the next piece of the next bulk change; how many cases it went through, and one for its end."""
    with transaction.atomic():
        bulk = bulks.take_up(at=at)
        if bulk is None:
            return 0
        wish, who = wish_from(bulk.change), person(bulk.agent_id)
        by = Actor(ActorKind.AGENT, bulk.agent_id, via="bulk")
        is_undo = bulk.state == "undoing"
        size = CHUNK_OF_ANSWERS if wish.is_reply else CHUNK
        items = items_in(bulk.id, "changed" if is_undo else "waiting", limit=size)
        if not items:
            bulks.end(bulk, "undone" if is_undo else "done", by=by, at=at)
            return 1
        if who is None:
            told = [_refused(item.number, _NOT_ALLOWED) for item in items]
        else:
            maker = narrowed_to(who, frozenset(bulk.verbs))
            told = _undone(bulk, maker, items, by, at) if is_undo else _done(bulk, maker, wish, items, by, at)
        bulks.note_items(bulk.id, told)
        if bulk.state == "queued":
            bulks.set_state(bulk, "running", at=at)
    return len(items)


def _require_verbs(agent: Person, wish: BulkWish) -> None:
    """Within its category a status is a label, between them a move: which of the two, each case says."""
    for verb in wish.verbs:
        require(agent, verb)
    if wish.status is not None and not may(agent, "conversation:resolve"):
        require(agent, "conversation:label")


def _fit(values: dict[str, Any], agent: Person) -> dict[str, Any]:
    try:
        return fit_fields(values, language=agent.language or "en")
    except UnfitFields as unfit:
        code, sentence = next(iter(unfit.errors.items()))
        raise BadChange(f"change.fields.{code[:60]}", sentence) from None


def _judge(wish: BulkWish, numbers: Sequence[int]) -> None:
    if not numbers:
        raise BadChange("numbers", "There is no case in it.")
    if wish.is_reply and (
        wish.status is not None
        or wish.verbs not in (("conversation:reply",), ("conversation:resolve", "conversation:reply"))
    ):
        raise BadChange("change", "An answer comes alone: change the rest before or after it.")
    if wish.priority is not None and wish.priority not in labels.PRIORITIES.values():
        raise BadChange("change.priority", f"There are the priorities {', '.join(labels.PRIORITIES)}.")
    if wish.state is not None and wish.state not in STATES:
        raise BadChange("change.status", "Cases can be resolved or opened.")
    if wish.status is not None and status_named(wish.status) is None:
        raise BadChange("change.status", f"There is no status {wish.status!r} in use.")
    if wish.topic and wish.topic not in {row.id for row in topics() if row.retired_at is None}:
        raise BadChange("change.topic_id", "There is no such topic in use.")
    if wish.assignee and not is_assignable(wish.assignee):
        raise BadChange("change.assignee", "This person can't be given cases.")
    if wish.team and wish.team not in {row.id for row in teams()}:
        raise BadChange("change.team", "There is no such team.")
    if unknown := unknown_in(wish.reply):
        raise BadChange("change.reply.text", f"There is no variable {{{{{unknown[0]}}}}}.")


def _done(bulk: Any, maker: Person, wish: BulkWish, items: list[Any], by: Actor, at: datetime) -> list[dict[str, Any]]:
    numbers = [item.number for item in items]
    held = {row.number: row for row in many.locked_by_number(numbers)}
    status = status_named(wish.status) if wish.status is not None else None
    refusals = _refusals(maker, wish, status, numbers, held)
    fit = [held[number] for number in numbers if number not in refusals]
    told = [_refused(number, why) for number, why in refusals.items()]
    if wish.is_reply:
        return told + answer(maker, fit, wish, total=bulk.total, by=by, at=at)
    untags = labels.tag_ids_known(wish.untags)
    opened = {case.assignee_id for case in fit if case.category == "resolved" and case.assignee_id}
    known = Known(
        tuple(labels.tag_ids(wish.tags)),
        frozenset(untags),
        statuses_by_category(),
        (status.id, status.category) if status else None,
        leavers_among(opened),
    )
    covers = [(case, before := cover_of(case), cover_wanted(before, wish, known, at=at)) for case in fit]
    versions = many.rewrite(covers, by=by, at=at, data={"bulk": bulk.id})
    keep_promises([case.id for case, before, after in covers if differing(before, after)], by=by, at=at)
    for case, before, after in covers:
        if differing(before, after):
            told.append({"number": case.number, "state": "changed", "before": before, "version": versions[case.id]})
        else:
            told.append({"number": case.number, "state": "unchanged"})
    return told


def _refusals(
    maker: Person, wish: BulkWish, status: Any | None, numbers: list[int], held: dict[int, Any]
) -> dict[int, tuple[str, str]]:
    """Which of the cases the change may not touch, and why: the same guards as on each case alone."""
    seen = seen_among(numbers, reach_of(maker, "conversation:read"))
    of_status = ("conversation:label", "conversation:resolve") if wish.status is not None else ()
    allowed = {verb: seen_among(numbers, reach_of(maker, verb)) for verb in {*wish.verbs, *of_status}}
    resolves = wish.state == "resolved" or wish.resolve or (status is not None and status.category == "resolved")
    needed = needed_fields() if resolves else None
    loose = loose_ends([case.id for case in held.values()]) if resolves else ()
    refused: dict[int, tuple[str, str]] = {}
    for number in numbers:
        case = held.get(number)
        if number not in seen or case is None:
            refused[number] = _NOT_SEEN
        elif not all(number in allowed[verb] for verb in _verbs_on(case, wish, status)):
            refused[number] = _NOT_ALLOWED
        elif case.merged_into_id is not None:
            refused[number] = _MERGED
        elif wish.status is not None and status is None:
            refused[number] = _NO_STATUS
        elif (
            resolves
            and case.category != "resolved"
            and (reasons := objections(_filled(case, wish), needed=needed, loose=loose))
        ):
            refused[number] = ("refused", " ".join(reasons))
    return refused


def _verbs_on(case: Any, wish: BulkWish, status: Any | None) -> tuple[str, ...]:
    if status is None:
        return wish.verbs
    is_move = case.category != status.category
    return (*wish.verbs, "conversation:resolve" if is_move else "conversation:label")


def _filled(case: Any, wish: BulkWish) -> Any:
    """The case with the topic and the fields that it gets by the same change."""
    topic = case.topic_id if wish.topic is None else wish.topic or None
    return case._replace(topic_id=topic, fields={**case.fields, **wish.fields})


def _undone(bulk: Any, maker: Person, items: list[Any], by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Puts back what was not changed since."""
    if items[0].message_id is not None:
        return take_answers_back(maker, items, by=by, at=at)
    held = {row.number: row for row in many.locked_by_number([item.number for item in items])}
    same = [item for item in items if item.number in held and held[item.number].version == item.version]
    covers = [(held[item.number], cover_of(held[item.number]), item.before) for item in same]
    many.rewrite(covers, by=by, at=at, data={"bulk": bulk.id, "undo": True})
    keep_promises([case.id for case, _, _ in covers], by=by, at=at)
    back = {item.number for item in same}
    changed = ("changed_since", "It was changed since, and stays as it is.")
    return [
        {"number": item.number, "state": "undone"} if item.number in back else _refused(item.number, changed, "kept")
        for item in items
    ]


def _refused(number: int, why: tuple[str, str], state: str = "refused") -> dict[str, Any]:
    return {"number": number, "state": state, "code": why[0], "reason": why[1]}
