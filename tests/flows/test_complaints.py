"""A complaint from the first angry word to the check that it does not happen again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from careline.domain.approvals.rules.facts import Facts
from careline.domain.calendars.commands import add_calendar
from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.complaints.commands.book import save_cause
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import rules_in_force, versions_of
from careline.domain.complaints.queries.register import (
    clocks_of,
    complaint_by_id,
    corrections_of,
    earliest_complaint,
    record_of,
)
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.complaints import (
    RegisterFilter,
    complaints,
    redress_on,
)
from careline.domain.files.queries import content_of
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.queries import Happened
from careline.domain.staff.rules import Allowed, Forbidden
from careline.entrypoints.worker.reactions import REACTIONS
from careline.flows.ask_approval import ask_approval
from careline.flows.authorise import Wish
from careline.flows.close_complaint import (
    close_complaint,
    end_referral,
    refer_complaint,
    reopen_complaint,
    withdraw_complaint,
)
from careline.flows.complaint_examples import take_examples
from careline.flows.complaint_trends import day_start, trend_of
from careline.flows.correct_cause import ask_correction, check_correction, finish_correction
from careline.flows.decide_approval import decide_approval
from careline.flows.erase_customer import erase_customer
from careline.flows.export_complaints import export_complaints
from careline.flows.extend_complaint import extend_complaint
from careline.flows.handle_complaint import change_complaint, decide_complaint, note_on_complaint
from careline.flows.keep_complaint_rules import RulesWanted, keep_complaint_letter, keep_complaint_rules
from careline.flows.merge import merge
from careline.flows.notify import notify
from careline.flows.record_complaint import Said, record_complaint
from careline.flows.resolve import ComplaintOpen, resolve
from careline.flows.take_back import take_back
from careline.flows.unmerge import unmerge
from careline.flows.work_on_complaints import work_on_complaints
from careline.flows.write_complaint_letter import LetterWanted, complaint_letter, write_complaint_letter
from careline.kit import db
from careline.kit.money import Money
from tests.world import NOON, World, make_world, writes_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = make_world()
    weekdays = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
    add_calendar("Shop", hours=Hours("Europe/Berlin", weekdays), notes={})
    return made


def test_from_the_first_word_to_the_check_that_it_helped(world: World) -> None:
    ben, ada, by = world.person(world.ben), world.person(world.ada), agent(world.ben.pk)
    key = record_complaint(ben, world.case, by=by, at=NOON).id
    assert clocks(key) == {
        "acknowledgement": datetime(2026, 11, 25, 16, tzinfo=UTC),
        "holding": datetime(2026, 12, 18, 23, tzinfo=UTC),
        "final": datetime(2027, 1, 15, 23, tzinfo=UTC),
    }
    assert [row.text for row in complaints(ben, RegisterFilter(), at=NOON)] == ["I ordered it a week ago."]
    with pytest.raises(ComplaintOpen):
        resolve(ben, world.case, by=by, at=NOON)
    write_complaint_letter(ben, key, LetterWanted("acknowledgement"), by=by, at=NOON)
    change_complaint(ben, key, {"investigator": world.ada.pk, "severity": "high"}, by=by, at=NOON)
    note_on_complaint(ada, key, "The parcel was never scanned.", by=agent(world.ada.pk), at=NOON)
    cause = save_cause(None, name="Carrier", parent=None, by=SYSTEM, at=NOON)
    with pytest.raises(ComplaintRefused, match="Decide first"):
        complaint_letter(ben, key, "final", at=NOON)
    decide_complaint(
        ada, key, "upheld", reasons="It was lost.", cause=cause, remedies=["apology"], by=agent(world.ada.pk), at=NOON
    )
    final = complaint_letter(ben, key, "final", at=NOON)
    assert (final.unfilled, "It was lost." in final.text) == ((), True)
    later = NOON + timedelta(days=2)
    write_complaint_letter(ben, key, LetterWanted("final"), by=by, at=later)
    resolve(ben, world.case, by=by, at=later)
    close_complaint(ben, key, is_satisfied=True, view="Thank you.", by=by, at=later)
    row = complaint_by_id(key)
    assert row is not None
    assert (row.state, row.is_satisfied, row.next_due_at, row.is_broken) == ("closed", True, None, False)
    action = ask_correction(
        ada, key, text="Change the carrier.", owner=world.ben.pk, due_on=date(2026, 12, 1), by=SYSTEM, at=later
    )
    finish_correction(ben, action, result="Done.", by=by, at=later)
    with pytest.raises(ComplaintRefused, match="did not do it"):
        check_correction(ben, action, is_effective=True, finding="No parcel was lost.", by=by, at=later)
    assert work_on_complaints(at=later + timedelta(days=31)) == 1
    check_correction(ada, action, is_effective=True, finding="None was lost.", by=agent(world.ada.pk), at=later)
    assert [one.is_effective for one in corrections_of(key)] == [True]
    assert [one.what for one in record_of(key)] == ["closure", "final", "decision", "note", "acknowledgement"]


def test_two_presses_make_one_and_a_resolved_case_may_be_complained_of(world: World) -> None:
    ben, by = world.person(world.ben), agent(world.ben.pk)
    resolve(ben, world.case, by=by, at=NOON)
    first, again = (record_complaint(ben, world.case, by=by, at=NOON) for _ in "ab")
    assert (again.id, first.is_new, again.is_new) == (first.id, True, False)
    assert case_of(world).category == "resolved"
    assert case_of(world).open_complaints == 1
    withdraw_complaint(ben, first.id, reason="It was praise.", by=by, at=NOON)
    assert (case_of(world).open_complaints, complaints(ben, RegisterFilter(), at=NOON)) == (0, [])
    assert record_complaint(ben, world.case, by=by, at=NOON).is_new


def test_deadlines_run_from_when_it_reached_us_and_are_warned_of_and_missed_at_their_own_time(world: World) -> None:
    ben, by = world.person(world.ben), agent(world.ben.pk)
    key = record_complaint(ben, world.case, by=by, at=NOON + timedelta(days=2)).id
    due = datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert earliest_complaint() == due - timedelta(days=1)
    assert work_on_complaints(at=due - timedelta(days=1)) == 1
    assert (work_on_complaints(at=due), work_on_complaints(at=due)) == (1, 0)
    clock = clocks_of([key])[0]
    assert (clock.warned_at, clock.broken_at, clock.met_at) == (due - timedelta(days=1), due, None)
    write_complaint_letter(ben, key, LetterWanted("acknowledgement", "told", "On the telephone."), by=by, at=due)
    row = complaint_by_id(key)
    assert row is not None
    assert (row.state, row.due_kind, row.is_broken) == ("acknowledged", "holding", True)
    told = [(row.name, row.data["kind"]) for row in happened("complaint.warned", "complaint.broken")]
    assert told == [("complaint.warned", "acknowledgement"), ("complaint.broken", "acknowledgement")]


def test_its_owner_is_told_when_it_is_given_and_when_time_runs_out(world: World) -> None:
    ada = world.person(world.ada)
    record_complaint(ada, world.case, Said(owner=world.ben.pk), by=agent(ada.id), at=NOON)
    work_on_complaints(at=NOON + timedelta(days=5))
    news = [Happened(*row) for row in happened("complaint.recorded", "complaint.warned", "complaint.broken")]
    assert notify(news, at=NOON + timedelta(days=1)) >= 1
    told = db.rows("SELECT DISTINCT agent_id, kind FROM notifications_notification")
    assert [tuple(row) for row in told] == [(world.ben.pk, "complaint")]


def test_nobody_judges_a_complaint_about_themselves(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    ben = world.person(world.ben)
    key = record_complaint(ben, world.case, Said(about=world.ben.pk), by=agent(ben.id), at=NOON).id
    row = complaint_by_id(key)
    assert row is not None
    assert row.owner_id is None
    for wanted in ({"owner": ben.id}, {"investigator": ben.id}):
        with pytest.raises(ComplaintRefused, match="choose somebody else"):
            change_complaint(ada, key, wanted, by=by, at=NOON)
    with pytest.raises(NotFound):
        decide_complaint(ben, key, "not_upheld", reasons="No.", cause=None, by=agent(ben.id), at=NOON)
    change_complaint(ada, key, {"owner": ada.id}, by=by, at=NOON)
    with pytest.raises(ComplaintRefused, match="choose somebody else"):
        change_complaint(ada, key, {"about": ada.id}, by=by, at=NOON)


def test_whoever_it_is_about_changes_nothing_of_it(world: World) -> None:
    ada, ben = world.person(world.ada), world.person(world.ben)
    key = record_complaint(ada, world.case, Said(about=ben.id), by=agent(ada.id), at=NOON).id
    how: dict[str, Any] = {"by": agent(ben.id), "at": NOON}
    for act in (
        lambda: change_complaint(ben, key, {"about": None}, **how),
        lambda: change_complaint(ben, key, {"severity": "low", "text": "Nothing."}, **how),
        lambda: withdraw_complaint(ben, key, reason="A mistake.", **how),
        lambda: refer_complaint(ben, key, body="Ombudsman", on=NOON.date(), **how),
        lambda: note_on_complaint(ben, key, "It was not so.", **how),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(ComplaintRefused, match="choose somebody else"):
        record_complaint(ben, world.case, **how)
    row = complaint_by_id(key)
    assert row is not None
    assert (row.about_id, row.severity, row.state) == (ben.id, "medium", "recorded")


def test_an_export_has_what_may_be_exported_of_what_is_seen(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    record_complaint(world.person(world.ben), world.case, by=agent(world.ben.pk), at=NOON)
    narrow = replace(ada, grants={**ada.grants, "complaint:export": (Allowed("own"),)})
    assert len(complaints(narrow, RegisterFilter(), at=NOON)) == 1
    lines = b"".join(export_complaints(narrow, RegisterFilter(), form="csv", by=by, at=NOON)).splitlines()
    assert len(lines) == 1
    assert len(b"".join(export_complaints(ada, RegisterFilter(), form="csv", by=by, at=NOON)).splitlines()) == 2


def test_what_waits_for_approval_holds_the_final_answer_back(world: World) -> None:
    ben, ada, by = world.person(world.ben), world.person(world.ada), agent(world.ben.pk)
    key = record_complaint(ben, world.case, by=by, at=NOON).id
    decide_complaint(ben, key, "upheld", reasons="It was late.", cause=None, by=by, at=NOON)
    wish = Wish("goodwill", ("conversation", case_of(world).id), Facts(Money(5000, "EUR")), words="Late.")
    asked = ask_approval(ben, world.case, wish, by=by, at=NOON).request
    assert asked is not None
    with pytest.raises(ComplaintRefused) as waits:
        write_complaint_letter(ben, key, LetterWanted("final"), by=by, at=NOON)
    assert waits.value.code == "approval_pending"
    decide_approval(ada, asked, "approve", by=agent(ada.id), at=NOON)
    assert "To put it right you receive: €50.00." in complaint_letter(ben, key, "final", at=NOON).text
    write_complaint_letter(ben, key, LetterWanted("final"), by=by, at=NOON)
    found = redress_on([case_of(world).id], since=NOON, until=None)
    assert [(one.action, one.amount, one.state) for one in found] == [("goodwill", 5000, "given")]


def test_a_letter_that_is_taken_back_stops_no_clock(world: World) -> None:
    ben, by = world.person(world.ben), agent(world.ben.pk)
    key = record_complaint(ben, world.case, by=by, at=NOON).id
    decide_complaint(ben, key, "partly", reasons="In part.", cause=None, by=by, at=NOON)
    before = clocks_of([key])
    write_complaint_letter(ben, key, LetterWanted("final"), by=by, at=NOON)
    assert (case_of(world).open_complaints, all(one.met_at for one in clocks_of([key]))) == (0, True)
    message = record_of(key)[0].message_id
    take_back(ben, world.case, message, by=by, at=NOON)
    for row in happened("message.taken_back"):
        for reaction in REACTIONS["message.taken_back"]:
            reaction(Happened(*row), NOON)
    assert clocks_of([key]) == before
    row = complaint_by_id(key)
    assert row is not None
    assert (row.state, row.answered_at, case_of(world).open_complaints) == ("recorded", None, 1)


def test_the_company_s_rules_and_letters_hold_by_country_and_version(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    take_examples(ada, by=by, at=NOON)
    with pytest.raises(ComplaintRefused, match="empty register"):
        take_examples(ada, by=by, at=NOON)
    key = record_complaint(ada, world.case, by=by, at=NOON).id
    change_complaint(ada, key, {"country": "us"}, by=by, at=NOON)
    assert clocks(key) == {
        "acknowledgement": datetime(2026, 12, 5, 23, tzinfo=UTC),
        "final": datetime(2027, 1, 19, 23, tzinfo=UTC),
    }
    due = extend_complaint(ada, key, until=date(2027, 2, 1), reason="The lab is slow.", by=by, at=NOON)
    assert due == datetime(2027, 2, 1, 23, tzinfo=UTC)
    with pytest.raises(ComplaintRefused) as late:
        extend_complaint(ada, key, until=date(2027, 3, 1), reason="Slower.", by=by, at=NOON)
    assert late.value.code == "too_late"
    usual = next(row for row in rules_in_force(NOON) if row.code == "eight-weeks")
    wanted = RulesWanted(usual.name, {"final": {"count": 4, "unit": "weeks"}}, body="The Board")
    keep_complaint_rules(ada, wanted, instead_of=usual.id, by=by, at=NOON + timedelta(days=1))
    assert [len(row.terms) for row in versions_of("eight-weeks")] == [1, 3]
    keep_complaint_letter(
        ada, "final", name="Ours", texts={"en": "{{complaint.outside|}} {{agent.name}}"}, by=by, at=NOON
    )
    decide_complaint(ada, key, "not_upheld", reasons="We kept to it.", cause=None, by=by, at=NOON)
    assert complaint_letter(ada, key, "final", at=NOON).text == "Ada"


def test_it_may_go_outside_the_house_and_be_opened_again(world: World) -> None:
    ben, by = world.person(world.ben), agent(world.ben.pk)
    key = record_complaint(ben, world.case, by=by, at=NOON).id
    decide_complaint(ben, key, "not_upheld", reasons="No.", cause=None, by=by, at=NOON)
    write_complaint_letter(ben, key, LetterWanted("final", "told", "Said so."), by=by, at=NOON)
    close_complaint(ben, key, is_satisfied=False, by=by, at=NOON)
    refer_complaint(ben, key, body="The Board", on=NOON.date(), by=by, at=NOON)
    with pytest.raises(ComplaintRefused, match="and today"):
        end_referral(ben, key, outcome="For them.", on=NOON.date() + timedelta(days=1), by=by, at=NOON)
    end_referral(ben, key, outcome="For them.", on=NOON.date(), by=by, at=NOON)
    reopen_complaint(ben, key, reason="The Board wants it anew.", by=by, at=NOON)
    row = complaint_by_id(key)
    assert row is not None
    assert (row.state, row.reopened, row.referral_outcome, row.due_kind) == ("acknowledged", 1, "For them.", "final")
    assert case_of(world).open_complaints == 1


def test_the_case_it_was_merged_into_waits_for_it(world: World) -> None:
    ben, by = world.person(world.ben), agent(world.ben.pk)
    other = writes_in("And the bell", text="It is silent.", mailbox=world.mailbox).number
    assert other is not None
    record_complaint(ben, other, by=by, at=NOON)
    done = merge(ben, other, world.case, by=by, at=NOON)
    with pytest.raises(ComplaintOpen):
        resolve(ben, world.case, by=by, at=NOON)
    unmerge(ben, world.case, done.key, by=by, at=NOON)
    assert case_of(world).open_complaints == 0


def test_whoever_is_erased_leaves_figures_on_the_register(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    key = record_complaint(ada, world.case, Said(wish="A new bike"), by=by, at=NOON).id
    note_on_complaint(ada, key, "Carol was right.", by=by, at=NOON)
    erase_customer(ada, world.carol, mode="erase", reason="Asked for it.", by=by, at=NOON)
    row = complaint_by_id(key)
    assert row is not None
    assert (row.text, row.wish, row.customer_id, row.conversation_id, row.severity) == ("", "", None, None, "medium")
    assert [one.words for one in record_of(key)] == [""]
    assert [one.id for one in complaints(ada, RegisterFilter(), at=NOON)] == [key]
    assert complaints(world.person(world.ben), RegisterFilter(), at=NOON) == []


def test_the_register_leaves_as_a_file_with_people_only_for_whoever_may(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    record_complaint(ada, world.case, Said(text="=cmd|'/c calc'!A1"), by=by, at=NOON)
    plain = b"".join(export_complaints(ada, RegisterFilter(), form="json", by=by, at=NOON))
    assert [sorted({"text", "customer"} & one.keys()) for one in json.loads(plain)] == [[]]
    full = b"".join(export_complaints(ada, RegisterFilter(), form="csv", with_people=True, by=by, at=NOON)).decode()
    assert ("Carol" in full, "COMP-" in full, '"=cmd' in full or ",=cmd" in full) == (True, True, False)
    only = replace(ada, grants={name: ada.grants[name] for name in ada.grants if name != "customer:export"})
    with pytest.raises(Forbidden):
        export_complaints(only, RegisterFilter(), form="csv", with_people=True, by=by, at=NOON)


def test_a_trend_counts_causes_with_what_is_below_beside_the_month_before(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    top = save_cause(None, name="Delivery", parent=None, by=SYSTEM, at=NOON)
    below = save_cause(None, name="Late", parent=top, by=SYSTEM, at=NOON)
    for subject, days in (("One", 0), ("Two", 30), ("Three", 31)):
        number = writes_in(subject, text="Late.", mailbox=world.mailbox).number or 0
        said = Said(received_at=NOON - timedelta(days=days))
        key = record_complaint(ada, number, said, by=by, at=NOON).id
        decide_complaint(ada, key, "upheld", reasons="Late.", cause=below, by=by, at=NOON)
    found = trend_of(ada, "month", NOON.date(), at=NOON)
    assert [(one.name, one.depth, one.now, one.then, one.change) for one in found.causes] == [
        ("Delivery", 0, 1, 2, -50), ("Late", 1, 1, 2, -50),
    ]  # fmt: skip
    behind = RegisterFilter(
        causes=found.causes[0].keys, since=day_start(found.then.start), until=day_start(found.then.end)
    )
    assert len(complaints(ada, behind, at=NOON)) == 2


def test_a_letter_is_kept_as_paper(world: World, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    ben, by = world.person(world.ben), agent(world.ben.pk)
    key = record_complaint(ben, world.case, by=by, at=NOON).id
    write_complaint_letter(ben, key, LetterWanted("acknowledgement", "paper"), by=by, at=NOON)
    kept = record_of(key)[0]
    assert (kept.data["way"], content_of(kept.paper_id)[:5]) == ("paper", b"%PDF-")
    assert case_of(world).message_count == 1


def clocks(key: int) -> dict[str, Any]:
    return {row.kind: row.due_at for row in clocks_of([key])}


def case_of(world: World) -> Any:
    return conversation_by_number(world.case)


def happened(*names: str) -> list[Any]:
    """As readers get it, in the order in which it happened."""
    return db.rows(
        """SELECT id, tx::text::bigint AS tx, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id,
               customer_id, data FROM history WHERE name = ANY(%s) ORDER BY id""",
        [list(names)],
    )
