"""A complaint from the first angry word to the check that it does not happen again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from careline.domain.calendars.commands import add_calendar
from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.complaints.commands.book import save_cause
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.register import clocks_of, complaint_by_id, corrections_of, record_of
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.complaints import RegisterFilter, complaints
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.close_complaint import close_complaint, end_referral, refer_complaint, reopen_complaint
from careline.flows.correct_cause import ask_correction, check_correction, finish_correction
from careline.flows.handle_complaint import change_complaint, decide_complaint, note_on_complaint
from careline.flows.record_complaint import Said, record_complaint
from careline.flows.resolve import ComplaintOpen, resolve
from careline.flows.work_on_complaints import work_on_complaints
from careline.flows.write_complaint_letter import LetterWanted, complaint_letter, write_complaint_letter
from careline.kit import db
from tests.world import NOON, World, make_world

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


def clocks(key: int) -> dict[str, Any]:
    return {row.kind: row.due_at for row in clocks_of([key])}
