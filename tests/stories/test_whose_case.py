"""A case that came in under the wrong name goes to whose it is."""

import pytest

from careline.domain.conversations.errors import Refused
from careline.domain.customers import commands as customers
from careline.domain.customers.queries import customer_id_of
from careline.domain.history.actor import SYSTEM
from careline.flows.move_to_customer import Whose, move_to_customer
from careline.kit import db
from tests.stories.desk import CAROL, DAN, LATER, Desk, mail
from tests.stories.test_answers import FORWARDED

ADA = "ada@northwind.example"
FIRST, SECOND = "<first@mail.example>", "<second@mail.example>"


def moves(desk: Desk, case: int, whose: Whose) -> int:
    return move_to_customer(desk.ada, case, whose, by=desk.by, at=LATER)


def told(desk: Desk, case: int) -> list[dict[str, int | None]]:
    rows = db.rows(
        "SELECT data FROM history WHERE name = 'conversation.customer_changed' AND conversation_id = %s ORDER BY id",
        [desk.case(case).id],
    )
    return [row.data for row in rows]


def test_what_a_colleague_passed_on_without_proof_is_given_to_who_wrote_it_and_back(desk: Desk) -> None:
    case = desk.comes(mail(ADA, named=FIRST, subject="Fwd: The pump", text=FORWARDED)).number
    before = desk.case(case)
    assert (before.hint, desk.would_receive(case)) == ({"why": "passed_on"}, [ADA])
    dan = moves(desk, case, Whose(mail=DAN, name="Dan"))
    after = desk.case(case)
    assert (dan, after.customer_id, after.hint) == (customer_id_of("email", DAN), dan, None)
    assert (desk.would_receive(case), desk.people_on(case)) == ([DAN], {ADA: "removed", DAN: "active"})
    answer = desk.answers(case, everybody=True)
    assert [person.value for person in answer.recipients.everyone] == [DAN]
    moves(desk, case, Whose(before.customer_id))
    assert (desk.case(case).customer_id, desk.would_receive(case)) == (before.customer_id, [ADA])
    assert told(desk, case) == [{"was": before.customer_id}, {"was": dan}]


def test_a_customers_own_forward_asks_nobody_whose_it_is(desk: Desk) -> None:
    case = desk.comes(mail(CAROL, named=FIRST, subject="Fwd: The pump", text=FORWARDED)).number
    assert desk.case(case).hint is None


def test_who_asked_for_answers_elsewhere_gets_none_once_it_is_not_theirs(desk: Desk) -> None:
    case = desk.comes(mail(CAROL, named=FIRST, more=["Reply-To: office@example.com"])).number
    assert desk.would_receive(case) == ["office@example.com", CAROL]
    moves(desk, case, Whose(mail=DAN))
    assert desk.would_receive(case) == [DAN]


def test_a_case_that_is_theirs_already_stays_as_it_is(desk: Desk) -> None:
    case = desk.comes(mail(CAROL, named=FIRST)).number
    before = desk.case(case)
    moves(desk, case, Whose(before.customer_id))
    assert (desk.case(case), told(desk, case)) == (before, [])


def test_to_nobody_or_to_ourselves_it_does_not_go(desk: Desk) -> None:
    case = desk.comes(mail(CAROL, named=FIRST)).number
    before = desk.case(case)
    for whose in (Whose(), Whose(mail="support@northwind.example")):
        with pytest.raises(Refused):
            moves(desk, case, whose)
    assert desk.case(case) == before


def test_somebody_known_by_telephone_alone_can_have_it(desk: Desk) -> None:
    case = desk.comes(mail(CAROL, named=FIRST)).number
    called = customers.known_by("phone", "+4930123456", name="Erik", by=SYSTEM, at=LATER)
    moves(desk, case, Whose(called))
    assert desk.people_on(case) == {CAROL: "removed", "+4930123456": "active"}
    assert desk.would_receive(case) == []


def test_a_talk_in_the_chat_stays_with_whoever_talks(desk: Desk) -> None:
    case = desk.comes(mail(CAROL, named=FIRST)).number
    db.execute("UPDATE channels_channel SET kind = 'chat' WHERE id = %s", [desk.case(case).channel_id])
    with pytest.raises(Refused, match="merge the two customers"):
        moves(desk, case, Whose(mail=DAN))


def test_their_later_mail_joins_the_case_and_is_answered_to_them(desk: Desk) -> None:
    case = desk.comes(mail(ADA, named=FIRST, subject="Fwd: The pump", text=FORWARDED)).number
    moves(desk, case, Whose(mail=DAN))
    sent = desk.name_of(desk.answers(case).message)
    desk.sends()
    assert desk.comes(mail(DAN, named=SECOND, answers=[sent])).number == case
    assert desk.would_receive(case) == [DAN]
