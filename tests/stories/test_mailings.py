"""One letter to many: only to those who agreed, each in a case of their own, with a link that ends it."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.customers.commands.notes import give_consent, withdraw_consent
from careline.domain.customers.commands.segments import save_segment
from careline.domain.outreach.queries import left_out_of, mailing_by_id
from careline.flows.deliver import outgoing_of
from careline.flows.send_mailing import Audience, audience, carry_on_mailing, send_mailing, stop_mailing
from careline.flows.unsubscribe import unsubscribe
from careline.flows.write_mailing import MailingSaid, add_mailing, change_mailing
from careline.kit import db
from tests.stories.desk import LATER, Desk, mail

LETTER = MailingSaid(
    "Spring",
    0,
    "newsletter",
    0,
    "Ready, {{customer.first_name|reader}}?",
    "Dear {{customer.first_name|reader}}, come by.",
)


@pytest.fixture
def readers(desk: Desk) -> dict[str, int]:
    """Dan and Eve agree to the newsletter, Fay does not."""
    numbers = {name: desk.comes(mail(f"{name} <{name.lower()}@example.org>")).number for name in ("Dan", "Eve", "Fay")}
    keys = {name: conversation_by_number(number).customer_id for name, number in numbers.items()}
    for name in ("Dan", "Eve"):
        give_consent(keys[name], purpose="newsletter", how="asked", by=desk.by, at=LATER)
    return keys


@pytest.fixture
def mailing(desk: Desk, readers: dict[str, int]) -> int:
    return add_mailing(desk.ada, said(desk), by=desk.by, at=LATER)


def said(desk: Desk, **changed: Any) -> MailingSaid:
    segment = db.value("SELECT min(id) FROM customers_segment")
    segment = segment or save_segment(None, name="All", wanted={}, by=desk.by, at=LATER)
    return replace(LETTER, **{"segment": segment, "channel": desk.world.mailbox.id} | changed)


def works_off() -> None:
    while carry_on_mailing(at=LATER):
        pass


def letters() -> dict[str, Any]:
    found = db.rows("SELECT id FROM conversations_message WHERE data ? 'mailing'")
    return {row.to[0]["value"]: row for row in (message_by_id(one.id) for one in found)}


def test_only_those_who_agree_get_it_each_with_their_own_words(desk: Desk, mailing: int) -> None:
    assert audience(desk.ada, mailing, at=LATER) == Audience(seen=4, agreeing=2)
    assert send_mailing(desk.ada, mailing, by=desk.by, at=LATER) == 2
    works_off()
    sent = letters()
    assert sorted(sent) == ["dan@example.org", "eve@example.org"]
    dan = sent["dan@example.org"]
    assert (dan.subject, dan.text.split("\n")[0]) == ("Ready, Dan?", "Dear Dan, come by.")
    assert mailing_by_id(mailing).state == "done"
    assert desk.sends(at=LATER + timedelta(minutes=1)) == 2


def test_its_cases_wait_for_nobody_until_a_reader_answers(desk: Desk, mailing: int) -> None:
    send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    works_off()
    dan = letters()["dan@example.org"]
    number = db.value("SELECT number FROM conversations_conversation WHERE id = %s", [dan.conversation_id])
    assert conversation_by_number(number).category == "resolved"
    answer = desk.comes(mail("dan@example.org", text="Gladly.", answers=[dan.external_id]))
    assert (answer.number, conversation_by_number(number).category) == (number, "open")


def test_who_withdraws_before_their_turn_is_left_out(desk: Desk, mailing: int, readers: dict[str, int]) -> None:
    send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    withdraw_consent(readers["Dan"], purpose="newsletter", how="called", by=desk.by, at=LATER)
    works_off()
    assert list(letters()) == ["eve@example.org"]
    assert [(row.customer_id, row.reason) for row in left_out_of(mailing)] == [
        (readers["Dan"], "No longer agrees, or has no mail address that works.")
    ]


def test_one_click_ends_it_and_a_second_one_changes_nothing(desk: Desk, mailing: int, readers: dict[str, int]) -> None:
    send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    works_off()
    dan = letters()["dan@example.org"]
    (address,) = re.findall(r"http\S+/unsubscribe/\S+", dan.text)
    case = db.row("SELECT * FROM conversations_conversation WHERE id = %s", [dan.conversation_id])
    assert outgoing_of(dan, case).unsubscribe_url == address
    place = address[address.index("/unsubscribe/") :]
    asked = Client().get(place)
    assert (asked.status_code, agreeing(readers["Dan"])) == (200, True), "programs follow links by themselves"
    for _ in range(2):
        assert Client(enforce_csrf_checks=True).post(place).status_code == 200
        assert (agreeing(readers["Dan"]), agreeing(readers["Eve"])) == (False, True)
    withdrawn = db.rows("SELECT actor_kind, actor_id FROM history WHERE name = 'customer.consent_withdrawn'")
    assert [tuple(row) for row in withdrawn] == [("customer", readers["Dan"])]


@pytest.mark.parametrize(
    "word", ["", "x", "a" * 32, "a" * 32 + "MTpuZXdzbGV0dGVy", "é" * 60, "a" * 32 + "!!!!", "/../", "a" * 5000]
)
def test_a_word_that_is_no_link_of_ours_ends_nothing(desk: Desk, readers: dict[str, int], word: str) -> None:
    assert unsubscribe(word, at=LATER) is None
    assert (agreeing(readers["Dan"]), agreeing(readers["Eve"])) == (True, True)


def test_stopped_it_reaches_nobody_else_and_what_has_not_left_stays(desk: Desk, mailing: int) -> None:
    send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    works_off()
    assert stop_mailing(desk.ada, mailing, by=desk.by, at=LATER + timedelta(seconds=2)) == 2
    assert desk.sends(at=LATER + timedelta(minutes=1)) == 0
    assert mailing_by_id(mailing).taken_back == 2


def test_it_is_sent_once_and_stays_as_it_was_sent(desk: Desk, mailing: int) -> None:
    send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    with pytest.raises(Refused, match="started already"):
        send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    with pytest.raises(Refused, match="started already"):
        change_mailing(desk.ada, mailing, said(desk, text="Other words"), by=desk.by, at=LATER)
    works_off()
    assert len(letters()) == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "A mailing needs a text."),
        ({"name": "x" * 201}, "The name has at most 200 letters."),
        ({"subject": "For {{customer.shoe}}"}, "There is no variable {{customer.shoe}} in a mailing; there are "
         "customer.name, customer.first_name, agent.name."),
        ({"segment": 10**12}, "There is no such segment."),
        ({"channel": 10**12}, "There is no such mailbox in use."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_gets_one_sentence(desk: Desk, mailing: int, wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        change_mailing(desk.ada, mailing, said(desk, **wrong), by=desk.by, at=LATER)
    assert str(refused.value) == sentence
    assert mailing_by_id(mailing).text == LETTER.text


def test_where_nobody_agrees_nothing_is_started(desk: Desk, mailing: int) -> None:
    change_mailing(desk.ada, mailing, said(desk, purpose="raffles"), by=desk.by, at=LATER)
    with pytest.raises(Refused, match="Nobody in this segment"):
        send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    assert mailing_by_id(mailing).state == "draft"


def agreeing(customer: int) -> bool:
    return bool(
        db.value("SELECT count(*) FROM customers_consent WHERE customer_id = %s AND withdrawn_at IS NULL", [customer])
    )


def test_nobody_else_is_written_to_once_its_sender_may_send_none(desk: Desk, mailing: int) -> None:
    send_mailing(desk.ada, mailing, by=desk.by, at=LATER)
    db.execute("DELETE FROM staff_grant WHERE verb = 'mailing:send'")
    works_off()
    assert (mailing_by_id(mailing).state, letters()) == ("stopped", {})
