"""What people complained of at Northwind Bikes: some answered, some waiting, one missed, and what was changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.complaints.queries.book import categories, causes, rules_in_force
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import agent
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.flows.close_complaint import close_complaint
from careline.flows.complaint_examples import take_examples
from careline.flows.correct_cause import ask_correction, check_correction, finish_correction
from careline.flows.handle_complaint import change_complaint, decide_complaint, note_on_complaint
from careline.flows.keep_complaint_rules import RulesWanted, keep_complaint_rules
from careline.flows.record_complaint import Said, record_complaint
from careline.flows.work_on_complaints import work_on_complaints
from careline.flows.write_complaint_letter import LetterWanted, write_complaint_letter

_BODY = "Consumer Arbitration Board of Berlin, Example Street 1, 10115 Berlin"
# days ago, category, severity, what the customer wants, how far it came, cause, what they said
_TOLD: tuple[tuple[float, str, str, str, str, str, str], ...] = (
    (
        52,
        "Delivery",
        "high",
        "A new wheel, and an apology",
        "closed",
        "Lost or damaged on the way",
        "The wheel was bent when the parcel came, and nobody answered for a week.",
    ),
    (
        44,
        "Service and manners",
        "medium",
        "To be called back when it was promised",
        "closed",
        "No answer",
        "You promised to call me back three times. Nobody did.",
    ),
    (
        33,
        "Delivery",
        "medium",
        "The parcel, or the money",
        "closed",
        "Late",
        "My parcel is two weeks late and nobody can say where it is.",
    ),
    (
        24,
        "Price and billing",
        "medium",
        "The second charge back",
        "closed",
        "Charged wrongly",
        "You charged my card twice for one order.",
    ),
    (
        16,
        "Delivery",
        "high",
        "Something for the spoilt holiday",
        "answered",
        "Late",
        "The bike came after our holiday. We had ordered it for that.",
    ),
    (
        11,
        "Quality of goods",
        "medium",
        "A frame without a scratch",
        "decided",
        "Made wrongly",
        "The frame had a scratch before I ever rode it.",
    ),
    (
        6,
        "Delivery",
        "critical",
        "To know where the bike is",
        "acknowledged",
        "",
        "I have been asking for a week where my bike is. This is the last time that I ask.",
    ),
    (
        5.2,
        "Data protection",
        "high",
        "To know who gave the address away",
        "recorded",
        "",
        "I get letters from a shop that can only have my address from you.",
    ),
    (
        1,
        "Service and manners",
        "medium",
        "An apology",
        "acknowledged",
        "",
        "Your colleague was rude to me on the telephone.",
    ),
    (0.2, "", "medium", "", "recorded", "", ""),
)
_WHY = "We looked at the papers and spoke with everybody: it went wrong on our side, and not for the first time."


def hear_complaints(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    hana, ada = _now(house, "hana"), _now(house, "ada")
    take_examples(ada, by=agent(ada.id), at=now - timedelta(days=58))
    usual = next(row for row in rules_in_force(now) if row.code == "eight-weeks")
    wanted = RulesWanted(usual.name, usual.terms, usual.extension, body=_BODY)
    keep_complaint_rules(ada, wanted, instead_of=usual.id, by=agent(ada.id), at=now - timedelta(days=57))
    kinds = {row.name: row.id for row in categories()}
    roots = {one.path[-1]: one.id for one, _active in causes()}
    chosen = _cases(cases, now=now)
    for (days, category, severity, wish, state, cause, text), number in zip(_TOLD, chosen, strict=True):
        if not number:
            continue
        at, by = now - timedelta(days=days), agent(ada.id)
        said = Said(
            kinds.get(category),
            severity,
            text=text,
            wish=wish,
            owner=_now(house, "dora").id if days > 1 else None,
            received_at=at,
        )
        key = record_complaint(ada, number, said, by=by, at=at).id
        _handle(hana, ada, key, state, roots.get(cause), at=at)
    while work_on_complaints(at=now):
        pass


def _handle(hana: Person, ada: Person, key: int, state: str, cause: int | None, *, at: datetime) -> None:
    """As far as it came, a few days after another."""
    by: dict[str, Any] = {"by": agent(ada.id)}
    if state == "recorded":
        return
    write_complaint_letter(ada, key, _told("acknowledgement"), at=at + timedelta(hours=5), **by)
    if state == "acknowledged":
        return
    change_complaint(ada, key, {"investigator": hana.id}, at=at + timedelta(hours=6), **by)
    note_on_complaint(
        hana, key, "The carrier's list shows no scan after Leipzig.", by=agent(hana.id), at=at + timedelta(days=1)
    )
    decide_complaint(
        hana, key, "upheld" if cause and cause % 2 else "partly", reasons=_WHY, cause=cause, remedies=["apology", "goodwill"],
        by=agent(hana.id), at=at + timedelta(days=4),
    )  # fmt: skip
    if state == "decided":
        return
    write_complaint_letter(ada, key, _told("final"), at=at + timedelta(days=5), **by)
    if state == "answered":
        return
    close_complaint(ada, key, is_satisfied=bool(cause and cause % 2), at=at + timedelta(days=7), **by)
    done = at + timedelta(days=8)
    correction = ask_correction(
        hana, key, text="Go through the last ten of this kind with the team and change the checklist.", owner=ada.id,
        due_on=(done + timedelta(days=10)).date(), check_after=20, by=agent(hana.id), at=done,
    )  # fmt: skip
    finish_correction(ada, correction, result="Done; the checklist has a step more.", at=done + timedelta(days=1), **by)
    if cause and cause % 2:
        checked: dict[str, Any] = {"is_effective": True, "finding": "None of this kind since."}
        check_correction(hana, correction, by=agent(hana.id), at=done + timedelta(days=2), **checked)


def _told(kind: str) -> LetterWanted:
    """By telephone: the past is told, not sent once more."""
    return LetterWanted(kind, "told", "Told them on the telephone.")


def _cases(cases: Sequence[Case], *, now: datetime) -> list[int]:
    """One for each complaint: opened before it, of somebody we know, and none that waits for something else."""
    found: list[int] = []
    for days, *_ in _TOLD:
        at = now - timedelta(days=days)
        near = sorted(
            (one for one in cases if one.number and one.story.language == "en" and one.opened_at < at),
            key=lambda one: at - one.opened_at,
        )
        for one in near:
            case = conversation_by_number(one.number) if one.number not in found else None
            if (
                case is not None
                and case.merged_into_id is None
                and not case.is_spam
                and case.customer_id
                and not case.restricted_to
                and not case.pending_approvals
            ):
                found.append(one.number)
                break
        else:
            found.append(0)
    return found


def _now(house: Northwind, name: str) -> Person:
    found = person(house.people[name].id)
    assert found is not None, "they work here"
    return found
