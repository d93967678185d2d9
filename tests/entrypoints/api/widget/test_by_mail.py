"""A visitor leaves: the answer goes by mail, and the answer to that mail comes into the same case."""

from __future__ import annotations

from datetime import timedelta

from careline.domain.channels.inbound import Inbound, Party
from careline.domain.chats.queries import thread_of, visitor_of_token
from careline.domain.conversations.queries.cases import conversation_by_id, participants_of
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.customers.rules.portal import Viewer
from careline.domain.desk.queries.portal import messages_of_request
from careline.domain.history.actor import agent
from careline.domain.history.queries import happenings_of_case
from careline.flows.chat_by_mail import mail_due_chats
from careline.flows.follow_chat import OF_CHATS, follow_chat
from careline.flows.receive import Carried, receive
from careline.flows.reply import Draft, reply
from careline.kit import clock
from tests.entrypoints.api.widget.conftest import Visitor
from tests.world import World

GONE = timedelta(minutes=6)


def thread(visitor: Visitor):
    return thread_of(visitor_of_token(visitor.token).id)


def answers(world: World, visitor: Visitor, text: str, *, at) -> int:
    case = conversation_by_id(thread(visitor).conversation_id)
    sent = reply(world.person(world.ben), case.number, Draft(text=text), by=agent(world.ben.pk), at=at)
    react(case.id, at=at)
    return sent.message


def react(case: int, *, at) -> None:
    for happened in happenings_of_case(case):
        if happened.name in OF_CHATS:
            follow_chat(happened, at)


def mails_in(visitor: Visitor) -> list[tuple[str, str]]:
    """(address, text) of what went by mail."""
    said = messages_of(thread(visitor).conversation_id)
    return [(m.to[0]["value"], m.text) for m in said if m.kind == "reply" and m.to[0]["kind"] == "email"]


def read_by(address: str, case: int) -> list[str]:
    """What whoever has proven this address reads on the customers' pages."""
    return [row.text for row in messages_of_request(Viewer(0, "", (0,), (address,)), case)]


def test_what_a_visitor_who_left_has_not_seen_goes_in_one_mail(world: World, carol: Visitor) -> None:
    carol.begins(fields={"email": "carol@example.com"})
    now = clock.now()
    answers(world, carol, "It comes tomorrow.", at=now)
    answers(world, carol, "At nine.", at=now)
    assert (mail_due_chats(at=now + timedelta(minutes=4)), mails_in(carol)) == (0, [])
    assert mail_due_chats(at=now + GONE) == 1
    words = (
        "It comes tomorrow.\n\nAt nine.\n\nYou wrote to Northwind Bikes in the chat and had left. Answer this mail, and your answer "
        "reaches us in the same place."
    )
    assert mails_in(carol) == [("carol@example.com", words)]
    assert (mail_due_chats(at=now + 2 * GONE), len(mails_in(carol))) == (0, 1)
    assert [text for _, text in carol.texts] == ["Where is my bike?", "It comes tomorrow.", "At nine."]


def test_what_was_read_in_the_chat_is_not_mailed(world: World, carol: Visitor) -> None:
    carol.begins(fields={"email": "carol@example.com"})
    now = clock.now()
    message = answers(world, carol, "It comes tomorrow.", at=now)
    assert carol("PUT", "thread/read", {"message": str(message)}).status == 204
    assert (mail_due_chats(at=now + GONE), mails_in(carol)) == (0, [])


def test_an_answer_to_somebody_who_left_long_ago_goes_at_once_and_one_without_a_mail_waits(
    world: World, carol: Visitor
) -> None:
    carol.begins()
    later = clock.now() + timedelta(hours=2)
    answers(world, carol, "It comes tomorrow.", at=later)
    assert (mail_due_chats(at=later), mails_in(carol), thread(carol).mail_due_at) == (1, [], None)


def test_the_answer_to_the_mail_comes_into_the_same_case(world: World, carol: Visitor) -> None:
    carol.begins(fields={"email": "carol@example.com"})
    now = clock.now()
    answers(world, carol, "It comes tomorrow.", at=now)
    mail_due_chats(at=now + GONE)
    case = conversation_by_id(thread(carol).conversation_id)
    letter = messages_of(case.id)[-1]
    back = Inbound(
        sender=Party("carol@example.com", "Carol"), to=[Party(world.mailbox.address)], reply_to=[Party("carol@example.com")],
        subject="Re: Where is my bike?", text="Thank you!", visible_text="Thank you!", external_id="<a@mail.example>",
        in_reply_to=letter.external_id, references=[letter.external_id], fingerprint="f" * 64,
    )  # fmt: skip
    assert (
        receive(
            back,
            channel=world.mailbox,
            carried=Carried(own_addresses=frozenset({world.mailbox.address})),
            at=now + 2 * GONE,
        ).number
        == case.number
    )
    assert [(p.kind, p.state) for p in participants_of(case.id)] == [("chat", "active"), ("email", "active")]
    answers(world, carol, "You are welcome.", at=now + 3 * GONE)
    assert mail_due_chats(at=now + 3 * GONE) == 1
    assert [address for address, _ in mails_in(carol)] == ["carol@example.com"] * 2
    assert ("visitor", "Thank you!") not in carol.texts, "an address that was only typed proves nothing"


def test_another_person_in_the_same_browser_gets_nothing_of_the_talk_before(world: World, carol: Visitor) -> None:
    carol.begins(fields={"email": "carol@example.com"})
    now, first = clock.now(), thread(carol)
    answers(world, carol, "Your code is 1234.", at=now)
    carol("POST", "thread/end", {})
    assert carol.begins("Is the shop open?", client_id="c-2", fields={"email": "dave@example.com"}).status == 201
    assert mail_due_chats(at=now + GONE) == 1
    letters = [m.to[0]["value"] for m in messages_of(first.conversation_id) if m.to and m.to[0]["kind"] == "email"]
    joined = [p.value for p in participants_of(thread(carol).conversation_id) if p.kind == "email"]
    assert (letters, joined) == (["carol@example.com"], ["dave@example.com"])
    assert "Where is my bike?" in read_by("carol@example.com", first.conversation_id)
    assert read_by("dave@example.com", first.conversation_id) == []


def test_a_transcript_of_a_talk_that_nobody_answered_is_sent_to_nobody(world: World, carol: Visitor) -> None:
    carol.begins("You have won: https://evil.example")
    carol("PUT", "thread/transcript", {"mail": "victim@example.org"})
    carol("POST", "thread/end", {})
    assert (mail_due_chats(at=clock.now()), mails_in(carol)) == (1, [])


def test_the_transcript_goes_by_mail_once_the_talk_has_ended(world: World, carol: Visitor) -> None:
    carol.begins(language="de")
    now = clock.now()
    answers(world, carol, "Morgen.", at=now)
    assert carol("PUT", "thread/transcript", {"mail": "carol@example.com"}).status == 204
    assert (mail_due_chats(at=clock.now()), mails_in(carol)) == (0, [])
    assert carol("POST", "thread/end", {}).status == 204
    assert mail_due_chats(at=clock.now()) == 1
    [(address, text)] = mails_in(carol)
    assert (address, "Where is my bike?" in text, "Ben\nMorgen." in text) == ("carol@example.com", True, True)
    assert carol("PUT", "thread/transcript", {"mail": "dave@example.com"}).status == 409
