"""An answer: to whom it goes, when it leaves, and what happens when somebody acts meanwhile."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.domain.channels import commands as channel_commands
from careline.domain.conversations.errors import AlreadyGone, Unfilled
from careline.domain.conversations.queries.messages import delivery_of
from careline.domain.conversations.rules.recipients import Person, answer_to
from careline.flows.take_back import take_back
from careline.kit import db
from tests.stories.desk import CAROL, DAN, LATER, OUR_SERVER, SUPPORT, Desk, all_at_once, mail

FIRST, SECOND, THIRD = (f"<{n}@mail.example>" for n in ("first", "second", "third"))
EVE = "eve@example.net"
addresses = st.sampled_from(
    [f"{name}@example.com" for name in ("carol", "Carol", "dan", "eve", "fay")] + [SUPPORT, SUPPORT.upper()]
)
people = st.lists(addresses.map(Person), max_size=6)


def test_an_answer_leaves_after_its_hold_and_the_customer_is_to_move(desk: Desk) -> None:
    case = desk.comes(mail(named=FIRST)).number
    answer = desk.answers(case)
    assert (desk.delivery(answer.message), desk.case(case).category) == ("held", "waiting")
    assert desk.sends(at=LATER + timedelta(seconds=12)) == 0
    assert desk.sends(at=LATER + timedelta(seconds=13)) == 1
    assert desk.delivery(answer.message) == "sent"
    assert [person.value for person in answer.recipients.everyone] == [CAROL]


def test_an_answer_taken_back_never_leaves_and_the_case_stands_as_before(desk: Desk) -> None:
    case = desk.comes(mail(named=FIRST)).number
    before = desk.case(case)
    answer = desk.answers(case)
    take_back(desk.ada, case, answer.message, by=desk.by, at=LATER + timedelta(seconds=5))
    after = desk.case(case)
    assert desk.sends() == 0
    for column in ("category", "waiting_since", "next_due_at", "first_responded_at", "message_count", "last_snippet"):
        assert getattr(after, column) == getattr(before, column), column


def test_of_undo_and_send_at_once_exactly_one_wins(busy_desk: Desk) -> None:
    case = busy_desk.comes(mail(named=FIRST)).number
    ends = []
    for _ in range(10):
        answer = busy_desk.answers(case, hold_seconds=10)
        undone, sent = all_at_once(
            lambda answer=answer: take_back(busy_desk.ada, case, answer.message, by=busy_desk.by, at=LATER),
            lambda: busy_desk.sends(at=LATER + timedelta(seconds=13)),
        )
        is_undone = not isinstance(undone, Exception)
        assert is_undone or isinstance(undone, AlreadyGone)
        assert sent == (0 if is_undone else 1)
        ends.append(busy_desk.delivery(answer.message))
        assert ends[-1] == ("cancelled" if is_undone else "sent")
    assert len(ends) == 10


def test_two_senders_at_once_send_each_answer_once(busy_desk: Desk) -> None:
    case = busy_desk.comes(mail(named=FIRST)).number
    answers = [busy_desk.answers(case, text=f"Answer {n}.", hold_seconds=0).message for n in range(6)]
    taken = all_at_once(*[busy_desk.sends] * 4)
    assert sum(taken) == 6
    assert {delivery_of(answer).attempts for answer in answers} == {1}


def test_reopens_when_the_customer_writes_again(desk: Desk) -> None:
    case = desk.comes(mail(named=FIRST)).number
    ours = desk.name_of(desk.answers(case, resolve=True).message)
    assert desk.case(case).category == "resolved"
    desk.comes(mail(named=SECOND, answers=[FIRST, ours], text="Still silent."))
    after = desk.case(case)
    assert (after.category, after.resolved_at, after.last_snippet) == ("open", None, "Still silent.")


def test_what_was_to_leave_later_stays_when_the_customer_writes_first(desk: Desk) -> None:
    case = desk.comes(mail(named=FIRST)).number
    answer = desk.answers(case, send_at=LATER + timedelta(days=1))
    assert desk.delivery(answer.message) == "scheduled"
    desk.comes(mail(named=SECOND, answers=[FIRST], text="Never mind, it rings."))
    assert desk.delivery(answer.message) == "cancelled"
    assert desk.sends(at=LATER + timedelta(days=2)) == 0


def test_an_automatic_answer_cancels_nothing_that_was_to_leave_later(desk: Desk) -> None:
    case = desk.comes(mail(named=FIRST)).number
    answer = desk.answers(case, send_at=LATER + timedelta(days=1))
    desk.comes(mail(named=SECOND, answers=[FIRST], more=["Auto-Submitted: auto-replied"], text="I am at sea."))
    assert desk.delivery(answer.message) == "scheduled"


def test_people_in_copy_stay_in_copy(desk: Desk) -> None:
    case = desk.comes(mail(named=FIRST, cc=[DAN], to=[SUPPORT, EVE])).number
    answer = desk.answers(case, everybody=True)
    assert [person.value for person in answer.recipients.to] == [CAROL]
    assert {person.value for person in answer.recipients.cc} == {DAN, EVE}
    desk.comes(mail(named=SECOND, answers=[FIRST, desk.name_of(answer.message)], text="Only me this time."))
    assert set(desk.would_receive(case)) == {CAROL, DAN, EVE}


@given(requester=addresses.map(Person), reply_to=people, others=people)
def test_nobody_drops_out_nobody_stands_twice_and_we_never_write_to_ourselves(
    requester: Person, reply_to: list[Person], others: list[Person]
) -> None:
    found = answer_to(requester=requester, reply_to=reply_to, others=others, own=[SUPPORT], everybody=True)
    told = [person.value.lower() for person in found.everyone]
    wanted = {person.value.lower() for person in [requester, *reply_to, *others]} - {SUPPORT}
    assert len(told) == len(set(told))
    assert set(told) == wanted


def test_a_responder_that_answers_our_acknowledgement_ends_there(busy_desk: Desk) -> None:
    busy_desk.reacts()
    busy_desk.sets(acknowledge=True)
    case = busy_desk.comes(mail(named=FIRST)).number
    busy_desk.reacts()
    (acknowledgement,) = [said for said in busy_desk.said_in(case) if said.kind == "reply"]
    assert (busy_desk.sends(), acknowledgement.auto_reply) == (1, "acknowledgement")
    for n in range(3):
        received = busy_desk.comes(
            mail(
                named=f"<away{n}@mail.example>",
                answers=[acknowledgement.external_id],
                more=["Auto-Submitted: auto-replied"],
                text="Away.",
            )
        )
        busy_desk.reacts()
        assert (received.number, busy_desk.sends()) == (case, 0)
    assert [said.kind for said in busy_desk.said_in(case)] == ["incoming", "reply", "incoming", "incoming", "incoming"]


def test_a_robot_that_bears_no_mark_is_acknowledged_once_a_day(busy_desk: Desk) -> None:
    busy_desk.reacts()
    busy_desk.sets(acknowledge=True)
    for n in range(6):
        busy_desk.comes(
            mail(
                "machine@example.org",
                named=f"<{n}@mail.example>",
                subject=f"Your request {n}",
                text=f"Ticket {n} was opened.",
            )
        )
        busy_desk.reacts()
        busy_desk.sends()
    assert db.value("SELECT count(*) FROM conversations_delivery WHERE is_automatic") == 1


FORWARDED = f"""See below.

---------- Forwarded message ---------
From: Dan <{DAN}>
Date: Fri, 20 Nov 2026 at 10:00
Subject: The pump
To: <ada@northwind.example>

It holds no pressure.
"""


@pytest.mark.parametrize("is_proven", [True, False])
def test_what_an_agent_forwards_is_the_customers_case_only_where_the_agent_is_proven(
    desk: Desk, is_proven: bool
) -> None:
    desk.sets(trusted_server=OUR_SERVER)
    word = "pass" if is_proven else "fail"
    proof = f"Authentication-Results: {OUR_SERVER}; dmarc={word} header.from=northwind.example"
    case = desk.comes(
        mail("ada@northwind.example", named=FIRST, subject="Fwd: The pump", text=FORWARDED, more=[proof])
    ).number
    found = desk.case(case)
    (said,) = desk.said_in(case)
    writer = DAN if is_proven else "ada@northwind.example"
    assert (said.sender["value"], list(desk.people_on(case))) == (writer, [writer])
    assert found.subject == ("The pump" if is_proven else "Fwd: The pump")
    assert desk.would_receive(case) == [writer]


def test_an_answer_goes_by_the_mailbox_the_case_came_by(desk: Desk) -> None:
    channel_commands.change_channel(desk.world.mailbox.id, is_active=True, by=desk.by, at=LATER)
    desk.add_mailbox("rentals@northwind.example")
    case = desk.comes(mail(named=FIRST, to=["rentals@northwind.example"]), to=["rentals@northwind.example"]).number
    answer = desk.answers(case)
    (said,) = [said for said in desk.said_in(case) if said.id == answer.message]
    assert said.sender["value"] == "rentals@northwind.example"
    assert said.external_id.endswith("@northwind.example>")


@pytest.mark.parametrize("words", ["Dear {{customer.name}}, here.", "Dear {{ customer.shoe | you }}", "So{{cursor}}"])
def test_an_answer_with_a_variable_nobody_filled_does_not_leave_unless_one_insists(desk: Desk, words: str) -> None:
    case = desk.comes(mail(named=FIRST)).number
    with pytest.raises(Unfilled):
        desk.answers(case, words)
    assert [message.kind for message in desk.said_in(case)] == ["incoming"]
    desk.answers(case, "Our template language writes {{ user.name }} like that.")
    desk.answers(case, words, force=True)
    assert [message.kind for message in desk.said_in(case)] == ["incoming", "reply", "reply"]
