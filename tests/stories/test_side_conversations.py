"""A third party is asked aside: the customer never sees it and never receives it, and the other way round."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.conversations.errors import NoRecipient, NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import message_by_id, messages_of
from careline.domain.conversations.queries.sides import side_of, sides_of
from careline.domain.conversations.rules.recipients import Person
from careline.flows.change import Change, change
from careline.flows.merge import merge
from careline.flows.resend import resend
from careline.flows.side_conversation import Aside, Asked, ask_aside, write_aside
from careline.flows.take_back import take_back
from careline.flows.unmerge import unmerge
from careline.kit import db
from tests.stories.desk import CAROL, DAN, LATER, SUPPORT, Desk, mail

SUPPLIER, CARRIER = "frames@supplier.example", "ship@carrier.example"


def asks(desk: Desk, number: int, *to: str, text: str = "Is the frame in stock?", **more: Any) -> Asked:
    people = tuple(Person(address) for address in to)
    return ask_aside(desk.ada, number, Aside(text=text, to=people, **more), by=desk.by, at=LATER)


def test_the_suppliers_answer_lands_in_the_side_and_marks_the_case(desk: Desk) -> None:
    asked = asks(desk, desk.first, SUPPLIER)
    before = desk.case(desk.first)
    answer = desk.comes(
        mail(SUPPLIER, named="<s1@supplier.example>", answers=[desk.name_of(asked.message)], text="Yes, two.")
    )
    after, (side,) = desk.case(desk.first), sides_of(before.id)
    assert (answer.outcome, side.message_count, side.category, side.last_snippet) == ("joined", 2, "open", "Yes, two.")
    assert (after.message_count, after.side_news, after.last_snippet) == (before.message_count, 1, before.last_snippet)
    assert [said.kind for said in messages_of(after.id)] == ["incoming"]
    assert desk.people_on(desk.first) == {CAROL: "active"}


def test_a_waiting_case_is_on_the_desk_again_when_the_supplier_answers(desk: Desk) -> None:
    asked = asks(desk, desk.first, SUPPLIER)
    desk.answers(desk.first)
    assert desk.case(desk.first).category == "waiting"
    desk.comes(mail(SUPPLIER, named="<s1@supplier.example>", answers=[desk.name_of(asked.message)]))
    assert desk.case(desk.first).category == "open"


def test_the_supplier_sees_nothing_of_the_customer(desk: Desk) -> None:
    opened = desk.comes(mail(named="<c1@mail.example>", text="My address is 4 Elm Road."))
    first = messages_of(desk.case(opened.number).id)[0].id
    asked = asks(desk, opened.number, SUPPLIER, forwarded=(first,))
    sent = message_by_id(asked.message)
    assert [p["value"] for p in sent.to] == [SUPPLIER]
    assert (sent.cc, sent.bcc, sent.references) == ([], [], [sent.external_id])
    assert "> My address is 4 Elm Road." in sent.text
    assert CAROL not in sent.text


def test_nobody_of_the_case_and_none_of_our_mailboxes_can_be_asked_aside(desk: Desk) -> None:
    for address in (CAROL, CAROL.upper(), SUPPORT):
        with pytest.raises(Refused):
            asks(desk, desk.first, address)
    with pytest.raises(NoRecipient):
        asks(desk, desk.first)
    assert sides_of(desk.case(desk.first).id) == []


def test_a_customer_whom_the_supplier_copies_in_gets_nothing_of_what_we_write_aside(desk: Desk) -> None:
    asked = asks(desk, desk.first, SUPPLIER)
    desk.comes(
        mail(SUPPLIER, named="<s1@supplier.example>", answers=[desk.name_of(asked.message)], cc=[CAROL, CARRIER])
    )
    again = write_aside(desk.ada, desk.first, asked.side, Aside(text="Thank you."), by=desk.by, at=LATER)
    assert [p["value"] for p in message_by_id(again.message).to] == [SUPPLIER, CARRIER]


def test_a_side_conversation_goes_with_its_case_into_another_and_back(desk: Desk) -> None:
    other = desk.comes(mail(DAN, named="<d1@mail.example>")).number
    asked = asks(desk, other, SUPPLIER)
    done = merge(desk.ada, other, desk.first, by=desk.by, at=LATER)
    root, absorbed = desk.case(desk.first), desk.case(other)
    assert [side.id for side in sides_of(root.id)] == [asked.side]
    desk.comes(mail(SUPPLIER, named="<s1@supplier.example>", answers=[desk.name_of(asked.message)]))
    assert (desk.case(desk.first).side_news, side_of(root.id, asked.side).message_count) == (1, 2)
    unmerge(desk.ada, desk.first, done.key, by=desk.by, at=LATER)
    assert (sides_of(root.id), [side.id for side in sides_of(absorbed.id)]) == ([], [asked.side])


def test_what_was_written_aside_is_taken_back_while_it_is_held(desk: Desk) -> None:
    asked = asks(desk, desk.first, SUPPLIER)
    (side,) = sides_of(desk.case(desk.first).id)
    take_back(desk.ada, side.number, asked.message, by=desk.by, at=LATER)
    assert (desk.delivery(asked.message), sides_of(desk.case(desk.first).id)[0].message_count) == ("cancelled", 0)


def test_what_the_server_refused_aside_is_sent_again(desk: Desk) -> None:
    asked = asks(desk, desk.first, SUPPLIER)
    db.execute("UPDATE conversations_delivery SET state = 'failed' WHERE message_id = %s", [asked.message])
    (side,) = sides_of(desk.case(desk.first).id)
    resend(desk.ada, side.number, asked.message, by=desk.by, at=LATER)
    assert (desk.delivery(asked.message), desk.sends(), desk.delivery(asked.message)) == ("queued", 1, "sent")


def test_whoever_sees_the_case_sees_what_was_asked_aside_and_nobody_else(desk: Desk) -> None:
    asks(desk, desk.first, SUPPLIER)
    (side,) = sides_of(desk.case(desk.first).id)
    cleo = desk.world.person(desk.world.cleo)
    assert conversation_for(desk.ben, side.number).id == side.id
    change(desk.ada, desk.first, Change(team=desk.world.back.pk), by=desk.by, at=LATER)
    assert conversation_for(cleo, side.number).id == side.id
    with pytest.raises(NotFound):
        conversation_for(desk.ben, side.number)
    row = db.row("SELECT team_id FROM conversations_conversation WHERE id = %s", [side.id])
    assert row.team_id == desk.world.back.pk


def test_a_side_of_another_case_is_not_found(desk: Desk) -> None:
    other = desk.comes(mail(DAN, named="<d1@mail.example>")).number
    asked = asks(desk, other, SUPPLIER)
    with pytest.raises(NotFound):
        write_aside(desk.ada, desk.first, asked.side, Aside(text="Hm"), by=desk.by, at=LATER)


@settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_whoever_copies_in_whom_customers_and_third_parties_never_meet(desk: Desk, seed: int) -> None:
    chance, pool = random.Random(seed), [DAN, CARRIER, "erin@example.net"]
    number = desk.comes(mail(CAROL, named=f"<c{seed}@mail.example>", subject=f"Matter {seed}")).number
    asked = asks(desk, number, SUPPLIER, text=f"Question {seed}")
    by_supplier, written = set(), [asked.message]
    for step in range(8):
        named, cc = f"<{seed}.{step}@mail.example>", chance.sample(pool, chance.randint(0, 2))
        match chance.randint(0, 3):
            case 0:
                desk.comes(mail(CAROL, named=named, answers=[f"<c{seed}@mail.example>"], cc=cc, text=f"{seed} {step}"))
            case 1:
                by_supplier |= set(cc) - set(desk.people_on(number))
                answers = [desk.name_of(asked.message)]
                desk.comes(mail(SUPPLIER, named=named, answers=answers, cc=[*cc, CAROL], text=f"{seed} {step}"))
            case 2:
                written.append(
                    write_aside(desk.ada, number, asked.side, Aside(text="Well?"), by=desk.by, at=LATER).message
                )
            case 3:
                said = message_by_id(desk.answers(number, everybody=True).message)
                assert SUPPLIER not in {p["value"] for p in (*said.to, *said.cc)}
    for message in written:
        assert {p["value"] for p in message_by_id(message).to} <= {SUPPLIER} | by_supplier


def test_nothing_more_is_written_aside_to_somebody_who_came_on_the_case_since(desk: Desk) -> None:
    dans = desk.comes(mail(DAN, named="<d1@mail.example>")).number
    asked = asks(desk, desk.first, DAN)
    done = merge(desk.ada, dans, desk.first, by=desk.by, at=LATER)
    with pytest.raises(NoRecipient, match="on the case itself"):
        write_aside(desk.ada, desk.first, asked.side, Aside(text="She pays too much."), by=desk.by, at=LATER)
    unmerge(desk.ada, desk.first, done.key, by=desk.by, at=LATER)
    write_aside(desk.ada, desk.first, asked.side, Aside(text="Thank you."), by=desk.by, at=LATER)
