"""Handing a case over with a word, taking one over, and the list at the end of a shift."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.actor import agent
from careline.flows.change import Change, change
from careline.flows.hand_over import Handing, hand_over, hand_over_many
from careline.flows.undo import undo
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in


def told(number: int, name: str) -> list[dict[str, object]]:
    found = db.rows(
        "SELECT h.data FROM history h JOIN conversations_conversation c ON c.id = h.conversation_id WHERE c.number = %s AND h.name = %s",
        [number, name],
    )
    return [row.data for row in found]


def test_the_word_stands_above_the_case_until_it_was_read(world: World, enter: Callable[..., Client]) -> None:
    ada = enter(world.ada)
    answer = ada.post(
        f"/conversations/{world.case}/hand-over", {"to": f"agent-{world.ben.pk}", "text": "Wants it today"}
    )
    assert (answer.status_code, conversation_by_number(world.case).assignee_id) == (302, world.ben.pk)
    first, again = (
        enter(world.ben).get(f"/conversations/{world.case}", headers=PART).content.decode() for _n in range(2)
    )
    assert ("Handed over by Ada:" in first, "Handed over by Ada:" in again, "Wants it today" in again) == (
        True,
        False,
        True,
    )
    assert "Handed over by" not in ada.get(f"/conversations/{world.case}", headers=PART).content.decode()
    [note] = [row for row in messages_of(conversation_by_number(world.case).id) if row.kind == "note"]
    assert (note.visibility, told(world.case, "conversation.handed_over")) == (
        "staff", [{"to": world.ben.pk, "team": None, "note": note.id}],
    )  # fmt: skip


def test_its_undo_takes_the_word_back_too(world: World, ada: Client) -> None:
    who, by = world.person(world.ada), agent(world.ada.pk)
    hand_over(who, world.case, to=None, team=world.back.pk, text="For you", by=by, at=NOON)
    assert conversation_by_number(world.case).team_id == world.back.pk
    undo(who, world.case, by=by, at=NOON)
    assert conversation_by_number(world.case).team_id == world.front.pk
    assert "For you" not in ada.get(f"/conversations/{world.case}", headers=PART).content.decode()


def test_nobody_chosen_is_said_and_the_word_is_not_lost(world: World, ada: Client) -> None:
    answer = ada.post(f"/conversations/{world.case}/hand-over", {"to": "", "text": "Careful"})
    assert (answer.status_code, "Careful" in answer.content.decode()) == (422, True)
    assert conversation_by_number(world.case).assignee_id is None


def test_out_of_ones_reach_nothing_is_handed_over(world: World) -> None:
    with pytest.raises(NotFound):
        hand_over(
            world.person(world.cleo), world.case, to=world.ben.pk, team=None, text="", by=agent(world.cleo.pk), at=NOON
        )


def test_who_takes_a_colleagues_case_over_tells_them_and_who_takes_a_free_one_does_not(world: World) -> None:
    for who in (world.ben, world.ada):
        change(world.person(who), world.case, Change(assignee=who.pk), by=agent(who.pk), at=NOON)
    assert told(world.case, "conversation.taken_over") == [{"from": world.ben.pk}]


def test_at_the_end_of_a_shift_what_is_ticked_goes(world: World, enter: Callable[..., Client]) -> None:
    by = agent(world.ben.pk)
    other = writes_in("Another", text="Hello", mailbox=world.mailbox).number or 0
    for number in (world.case, other):
        change(world.person(world.ben), number, Change(assignee=world.ben.pk), by=by, at=NOON)
    ben = enter(world.ben)
    page = ben.get("/handover").content.decode()
    assert [f'value="{number}"' in page for number in (world.case, other)] == [True, True]
    answer = ben.post("/handover", {"case": [str(other), "999999"], "to": f"agent-{world.ada.pk}", "text": "Bye"})
    assert answer.headers["Location"] == "/handover?done=1"
    assert [conversation_by_number(number).assignee_id for number in (world.case, other)] == [
        world.ben.pk,
        world.ada.pk,
    ]
    with pytest.raises(Refused):
        hand_over_many(world.person(world.ben), [], by=by, at=NOON)


def test_each_case_goes_to_its_own_receiver_with_its_own_word(world: World, enter: Callable[..., Client]) -> None:
    by, who = agent(world.ben.pk), world.person(world.ben)
    others = [writes_in(f"Another {n}", text="Hello", mailbox=world.mailbox).number or 0 for n in range(3)]
    for number in (world.case, *others):
        change(who, number, Change(assignee=world.ben.pk), by=by, at=NOON)
    first, second, third = others
    said = {
        f"to-{world.case}": f"agent-{world.ada.pk}", f"text-{world.case}": "Call her at four", f"to-{first}": f"team-{world.back.pk}",
        f"text-{first}": "", "case": [str(second)], "to": f"agent-{world.ada.pk}", "text": "Bye", f"to-{third}": "",
    }  # fmt: skip
    assert enter(world.ben).post("/handover", said).headers["Location"] == "/handover?done=3"
    stood = [conversation_by_number(number) for number in (world.case, first, second, third)]
    assert [(one.assignee_id, one.team_id == world.back.pk) for one in stood] == [
        (world.ada.pk, False), (None, True), (world.ada.pk, False), (world.ben.pk, False),
    ]  # fmt: skip
    notes = [[row.visible_text for row in messages_of(one.id) if row.kind == "note"] for one in stood]
    assert notes == [["Call her at four"], ["Bye"], ["Bye"], []]


def test_a_receiver_who_cannot_have_cases_stops_all_and_nothing_that_was_said_is_lost(
    world: World, enter: Callable[..., Client]
) -> None:
    change(world.person(world.ben), world.case, Change(assignee=world.ben.pk), by=agent(world.ben.pk), at=NOON)
    answer = enter(world.ben).post("/handover", {f"to-{world.case}": "agent-999999", f"text-{world.case}": "Call her"})
    assert (answer.status_code, 'value="Call her"' in answer.content.decode()) == (422, True)
    with pytest.raises(Refused):
        hand_over_many(world.person(world.ben), [Handing(world.case, None, None)], by=agent(world.ben.pk), at=NOON)
    assert conversation_by_number(world.case).assignee_id == world.ben.pk
