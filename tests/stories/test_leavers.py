"""Somebody left; a case they had resolved is open again, and waits for whoever is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.conversations.rules.recipients import Person
from careline.domain.history.queries import happenings_of_case
from careline.flows.bulk_change import ask_for_bulk_change, carry_on
from careline.flows.change import Change, change
from careline.flows.leave import leave
from careline.flows.resolve import reopen
from careline.flows.set_status import set_status
from careline.flows.side_conversation import Aside, ask_aside
from careline.flows.undo import undo
from careline.kit import db
from tests.stories.desk import LATER, Desk, mail

FIRST = "<first@mail.example>"
DAYS_LATER = LATER + timedelta(days=3)


def by_mail(desk: Desk, number: int) -> None:
    desk.comes(mail(text="It rang once.", answers=(FIRST,)), at=DAYS_LATER)


def by_hand(desk: Desk, number: int) -> None:
    reopen(desk.ada, number, by=desk.by, at=DAYS_LATER)


def by_status(desk: Desk, number: int) -> None:
    set_status(desk.ada, number, "open", by=desk.by, at=DAYS_LATER)


def among_many(desk: Desk, number: int) -> None:
    ask_for_bulk_change(desk.ada, [number], BulkWish(status="open"), by=desk.by, at=DAYS_LATER)
    while carry_on(at=DAYS_LATER):
        pass


WAYS = (by_mail, by_hand, by_status, among_many)


@pytest.fixture
def bens(desk: Desk) -> int:
    """Ben's case, resolved."""
    number = desk.comes(mail(named=FIRST)).number
    assert number
    change(desk.ada, number, Change(assignee=desk.ben.id), by=desk.by, at=LATER)
    desk.resolves(number)
    return number


@pytest.mark.parametrize("opens", WAYS)
def test_a_case_that_opens_again_is_nobodys_when_its_assignee_has_left(
    desk: Desk, bens: int, opens: Callable[[Desk, int], None]
) -> None:
    leave(desk.ada, desk.ben.id, hand_over_to=None, by=desk.by, at=LATER)
    assert desk.case(bens).assignee_id == desk.ben.id, "what is over stays as it was"
    opens(desk, bens)
    case = desk.case(bens)
    assert (case.category, case.assignee_id, case.team_id) == ("open", None, desk.world.front.pk)
    told = [h.data for h in happenings_of_case(case.id, after=0, limit=100) if h.name == "conversation.assigned"]
    assert (told[-1]["assignee_before"], told[-1]["assignee"]) == (desk.ben.id, None)


@pytest.mark.parametrize("opens", WAYS)
def test_whoever_is_still_there_keeps_it(desk: Desk, bens: int, opens: Callable[[Desk, int], None]) -> None:
    opens(desk, bens)
    assert (desk.case(bens).category, desk.case(bens).assignee_id) == ("open", desk.ben.id)


def test_undo_of_the_opening_leaves_it_as_it_was(desk: Desk, bens: int) -> None:
    leave(desk.ada, desk.ben.id, hand_over_to=None, by=desk.by, at=LATER)
    by_hand(desk, bens)
    undo(desk.ada, bens, by=desk.by, at=DAYS_LATER)
    assert (desk.case(bens).category, desk.case(bens).assignee_id) == ("resolved", desk.ben.id)


def test_what_was_asked_aside_goes_to_the_colleague_with_its_case(desk: Desk) -> None:
    change(desk.ada, desk.first, Change(assignee=desk.ben.id), by=desk.by, at=LATER)
    aside = Aside(text="Is the frame in stock?", to=(Person("frames@supplier.example"),))
    ask_aside(desk.ada, desk.first, aside, by=desk.by, at=LATER)
    leave(desk.ada, desk.ben.id, hand_over_to=desk.ada.id, by=desk.by, at=LATER)
    held = db.rows(
        "SELECT assignee_id FROM conversations_conversation WHERE subject = %s", [desk.case(desk.first).subject]
    )
    assert [row.assignee_id for row in held] == [desk.ada.id] * 2
