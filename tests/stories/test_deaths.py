"""A worker dies while sending: nothing is lost, nothing leaves twice, and what nobody can know is said."""

from datetime import timedelta

import pytest

from careline.domain.conversations.commands import deliveries
from careline.domain.conversations.queries.messages import delivery_of
from careline.flows.abandoned import take_over_abandoned
from careline.flows.resend import resend
from tests.sinks import KEEP_AND_DROP, SmtpSink
from tests.stories.desk import LATER, Desk, mail

DUE = LATER + timedelta(minutes=1)


@pytest.fixture
def sink(settings):
    with SmtpSink() as running:
        settings.SMTP_URL = f"smtp://127.0.0.1:{running.port}?tls=none&timeout=5&answer_timeout=5"
        yield running


def test_what_was_claimed_but_not_handed_over_is_sent_once_by_the_next_worker(desk: Desk, sink: SmtpSink) -> None:
    answer = desk.answers(desk.comes(mail(named="<first@mail.example>")).number).message
    assert len(deliveries.claim_due(worker="dead", at=DUE, limit=5)) == 1
    assert desk.sends(at=DUE) == 0
    assert take_over_abandoned(alive=["story"], at=DUE) == 1
    assert (desk.sends(at=DUE), desk.sends(at=DUE)) == (1, 0)
    assert (desk.delivery(answer), len(sink.received)) == ("sent", 1)
    assert desk.name_of(answer).encode() in sink.received[0].raw


def test_what_was_being_handed_over_is_uncertain_and_is_not_sent_again(desk: Desk, sink: SmtpSink) -> None:
    answer = desk.answers(desk.comes(mail(named="<first@mail.example>")).number).message
    deliveries.claim_due(worker="dead", at=DUE, limit=5)
    deliveries.note_handing_over(answer, worker="dead")
    take_over_abandoned(alive=["story"], at=DUE)
    assert (desk.sends(at=DUE + timedelta(days=3)), desk.delivery(answer), len(sink.received)) == (0, "uncertain", 0)
    assert "may or may not have arrived" in delivery_of(answer).server_words


def test_a_connection_lost_at_the_last_dot_is_uncertain_until_a_person_decides(desk: Desk, sink: SmtpSink) -> None:
    case = desk.comes(mail(named="<first@mail.example>")).number
    answer = desk.answers(case).message
    sink.on("DOT", KEEP_AND_DROP)
    assert (desk.sends(at=DUE), desk.delivery(answer)) == (1, "uncertain")
    assert desk.sends(at=DUE + timedelta(days=3)) == 0
    assert len(sink.received) == 1
    resend(desk.ada, case, answer, by=desk.by, at=DUE)
    assert (desk.sends(at=DUE), desk.delivery(answer), len(sink.received)) == (1, "sent", 2)


def test_a_server_that_is_busy_is_asked_again_later(desk: Desk, sink: SmtpSink) -> None:
    answer = desk.answers(desk.comes(mail(named="<first@mail.example>")).number).message
    sink.on("RCPT", "451 4.3.0 try later", times=1)
    assert (desk.sends(at=DUE), desk.delivery(answer), delivery_of(answer).due_at) == (
        1,
        "queued",
        DUE + timedelta(minutes=1),
    )
    assert desk.sends(at=DUE + timedelta(seconds=59)) == 0
    assert (desk.sends(at=DUE + timedelta(minutes=1)), desk.delivery(answer), len(sink.received)) == (1, "sent", 1)


def test_an_answer_the_server_refuses_says_so_in_its_words(desk: Desk, sink: SmtpSink) -> None:
    answer = desk.answers(desk.comes(mail(named="<first@mail.example>")).number).message
    sink.on("RCPT", "550 5.1.1 nobody of this name")
    desk.sends(at=DUE)
    assert (desk.delivery(answer), len(sink.received)) == ("failed", 0)
    assert "550 5.1.1 nobody of this name" in delivery_of(answer).server_words
