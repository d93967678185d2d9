"""A complaint is handled: what is known of it, who has it, notes of the investigation, the decision with its root cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.complaints.commands import clocks, complaints, entries
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import cause_by_id
from careline.domain.complaints.rules.handling import (
    MOST_WORDS,
    OUTCOMES,
    REMEDIES,
    against_deciding,
    against_hands,
    against_working,
)
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person, may
from careline.flows.complaint_terms import falls_under
from careline.flows.hold_complaint import WORK, hold_complaint, refuse
from careline.flows.record_complaint import Said, checked

FACTS = ("category", "severity", "product", "complainant", "country", "text", "wish", "about", "owner")
_COLUMNS = {name: f"{name}_id" for name in ("category", "product", "about", "owner")}


def change_complaint(agent: Person, key: int, wanted: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """`wanted`: of FACTS and `investigator` those that change. Another product or country may bring other deadlines.

    Raises NotFound, Forbidden, ComplaintRefused.
    """
    with transaction.atomic():
        held = hold_complaint(agent, key)
        row = held.row
        refuse(against_working(held.standing) or against_hands(held.standing, agent.id))
        now = {name: getattr(row, _COLUMNS.get(name, name)) for name in FACTS}
        said = checked(Said(**{**now, **{name: wanted[name] for name in FACTS if name in wanted}}), at=at)
        investigator = wanted.get("investigator", row.investigator_id)
        _require_hands(replace(held.standing, about=said.about), said.owner, investigator, before=row)
        columns = {_COLUMNS.get(name, name): getattr(said, name) for name in FACTS if getattr(said, name) != now[name]}
        if investigator != row.investigator_id:
            columns["investigator_id"] = investigator
        if not columns:
            return
        if {"product_id", "country"} & columns.keys():
            columns |= _other_terms(row, said, at=at)
        codes = {name.removesuffix("_id"): value for name, value in columns.items() if name not in ("text", "wish")}
        complaints.change(row, columns, what="changed", data={"what": sorted(columns), **codes}, by=by, at=at)


def note_on_complaint(agent: Person, key: int, words: str, *, by: Actor, at: datetime) -> int:
    """What the investigation found; nobody outside ever sees it. Raises NotFound, Forbidden, ComplaintRefused."""
    if not words.strip():
        raise ComplaintRefused("no_words", "There is nothing in it: write what you found.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_hands(held.standing, agent.id))
        entry = entries.add_entry(key, "note", words=words.strip()[:MOST_WORDS], by=by, at=at)
        complaints.say(held.row, "noted", {"entry": entry}, by=by, at=at)
    return entry


def decide_complaint(
    agent: Person,
    key: int,
    outcome: str,
    *,
    reasons: str,
    cause: int | None,
    remedies: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """Upheld, partly or not, why, and from what root cause it came; may be decided anew until the final answer.

    Raises NotFound, Forbidden, ComplaintRefused.
    """
    if outcome not in OUTCOMES:
        raise ComplaintRefused("bad_outcome", f"A complaint is {', '.join(OUTCOMES)}.")
    if unknown := [one for one in remedies if one not in REMEDIES]:
        raise ComplaintRefused("bad_remedy", f"{unknown[0][:40]} is no remedy; {', '.join(REMEDIES)} are.")
    if not reasons.strip():
        raise ComplaintRefused("no_words", "Say why: the decision stands on the record with its reasons.")
    if cause is not None and cause_by_id(cause) is None:
        raise ComplaintRefused("no_such_cause", "There is no such cause.")
    with transaction.atomic():
        held = hold_complaint(agent, key)
        refuse(against_working(held.standing) or against_deciding(held.standing, agent.id))
        columns = {
            "outcome": outcome, "reasons": reasons.strip()[:MOST_WORDS], "cause_id": cause, "remedies": sorted(set(remedies)),
            "decided_at": at, "decided_by_id": agent.id,
        }  # fmt: skip
        data = {"outcome": outcome, "cause": cause, "remedies": sorted(set(remedies))}
        complaints.change(held.row, columns, what="decided", data=data, by=by, at=at)
        entries.add_entry(key, "decision", words=reasons.strip()[:MOST_WORDS], data=data, by=by, at=at)


def _require_hands(standing: Any, owner: int | None, investigator: int | None, *, before: Any) -> None:
    """Whoever is to have it works here, may work on complaints, and is not the one complained about."""
    for colleague, had in ((owner, before.owner_id), (investigator, before.investigator_id)):
        if colleague is None:
            continue
        refuse(against_hands(standing, colleague))
        if colleague != had:
            found = person(colleague)
            if found is None or not may(found, WORK):
                raise ComplaintRefused("may_not_work", "This colleague may not work on complaints.")


def _other_terms(row: Any, said: Said, *, at: datetime) -> dict[str, Any]:
    """The deadlines that are open still follow the rules that fit now."""
    falls = falls_under(
        brand=row.brand_id, product=said.product, country=said.country, received_at=row.received_at, at=row.recorded_at
    )
    if falls.rules == row.rules_id:
        return {}
    clocks.begin_again(row.id, falls.deadlines)
    return {"rules_id": falls.rules}
