import ssl
import threading

import pytest

from careline.domain.channels.email.route import RouteSettings
from careline.domain.channels.email.sending import Fate, Outcome
from careline.domain.channels.email.smtp import SmtpRoute
from careline.domain.channels.email.smtp_connection import RouteBroken
from tests.certificates import self_signed
from tests.sinks import DROP, HANG, KEEP_AND_DROP, Slow, SmtpSink

FROM = "support@northwind.example"
CAROL = "carol@example.com"
DAN, EVE = "dan@example.com", "eve@example.com"
MAIL = b"From: support@northwind.example\r\nSubject: Brakes\r\n\r\nOil them.\r\n.hidden\r\n..\r\n"
SENT, REFUSED, LATER, UNCERTAIN = Outcome.SENT, Outcome.REFUSED, Outcome.LATER, Outcome.UNCERTAIN


@pytest.fixture
def sink():
    with SmtpSink() as running:
        yield running


@pytest.fixture
def route_to():
    routes = []

    def made(sink, **more):
        settings = {"tls": "none", "timeout": 5.0, "answer_timeout": 5.0, "helo": "careline.example"} | more
        routes.append(SmtpRoute(RouteSettings(host="127.0.0.1", port=sink.port, **settings)))
        return routes[-1]

    yield made
    for route in routes:
        route.close()


def send(route, *recipients, raw=MAIL, mail_from=FROM):
    return route.send(raw, mail_from=mail_from, recipients=recipients or [CAROL])


def fates(result):
    return {address: fate.outcome for address, fate in result.fates.items()}


def test_a_mail_arrives_byte_for_byte_and_the_servers_words_are_kept(sink, route_to):
    result = send(route_to(sink))
    assert result.fates == {CAROL: Fate(SENT, "250 2.0.0 queued as 1")}
    assert (result.outcome, result.words, result.route_error) == (SENT, "250 2.0.0 queued as 1", "")
    (taken,) = sink.received
    assert (taken.mail_from, taken.recipients, taken.raw) == (FROM, [CAROL], MAIL)


@pytest.mark.parametrize(
    "raw", [b"", b"no end", b"a\nb\rc\r\n", b".\n", b"\r\n.\r\n.\r\n", "Grüße\n".encode(), b"\xff\0\n"]
)
def test_odd_mails_arrive_with_proper_line_ends(sink, route_to, raw):
    assert send(route_to(sink), raw=raw).outcome is SENT
    expected = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    assert sink.received[0].raw in (expected, expected + b"\r\n")


def test_a_bounce_has_no_sender(sink, route_to):
    assert send(route_to(sink), mail_from="").outcome is SENT
    assert sink.received[0].mail_from == ""


def test_a_burst_goes_over_one_connection(sink, route_to):
    route = route_to(sink)
    assert [send(route).outcome for _ in range(5)] == [SENT] * 5
    assert (sink.connections, len(sink.received)) == (1, 5)


def test_a_connection_the_server_gave_up_is_replaced_without_a_word(sink, route_to):
    route = route_to(sink)
    assert send(route).outcome is SENT
    sink.on("RSET", DROP)
    assert send(route).outcome is SENT
    assert (sink.connections, len(sink.received)) == (2, 2)


def test_after_a_refusal_the_connection_serves_the_next_mail(sink, route_to):
    route = route_to(sink)
    sink.on("MAIL", "550 5.7.1 not you")
    sink.on("RCPT", "550 5.1.1 unknown")
    sink.on("DATA", "554 5.0.0 no")
    sink.on("DOT", "554 5.6.0 looks like spam")
    assert [send(route).outcome for _ in range(5)] == [REFUSED] * 4 + [SENT]
    assert (sink.connections, len(sink.received)) == (1, 1)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(("reply", "outcome"), [("451 4.3.0 not now", LATER), ("554 5.6.0 never", REFUSED)])
def test_what_a_server_answers_decides_at_every_phase(sink, route_to, phase, reply, outcome):
    sink.on(phase, reply)
    result = send(route_to(sink), CAROL)
    assert (result.fates, result.route_error) == ({CAROL: Fate(outcome, reply)}, "")
    assert sink.received == []


@pytest.mark.parametrize("phase", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "MIDDLE"])
def test_a_connection_lost_before_the_final_dot_is_tried_again(sink, route_to, phase):
    sink.on(phase, DROP)
    route = route_to(sink)
    result = send(route, CAROL, DAN, raw=MAIL * 100_000 if phase == "MIDDLE" else MAIL)
    assert fates(result) == {CAROL: LATER, DAN: LATER}
    assert sink.received == []
    assert send(route).outcome is SENT


@pytest.mark.parametrize(("act", "arrived"), [(DROP, 0), (KEEP_AND_DROP, 1)])
def test_a_connection_lost_after_the_final_dot_is_uncertain(sink, route_to, act, arrived):
    sink.on("DOT", act)
    result = send(route_to(sink), CAROL, DAN)
    assert fates(result) == {CAROL: UNCERTAIN, DAN: UNCERTAIN}
    assert result.words.startswith("The whole mail was handed over, but no answer came")
    assert (len(sink.received), sink.connections) == (arrived, 1)


@pytest.mark.parametrize("phase", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_falls_silent_before_the_dot_is_tried_again(sink, route_to, phase):
    sink.on(phase, HANG)
    result = send(route_to(sink, timeout=0.2))
    assert (result.outcome, "no answer in time" in result.words) == (LATER, True)


def test_a_server_that_falls_silent_after_the_dot_leaves_it_uncertain(sink, route_to):
    sink.on("DOT", HANG)
    result = send(route_to(sink, answer_timeout=0.2))
    assert (result.outcome, "no answer in time" in result.words) == (UNCERTAIN, True)


def test_a_slow_answer_to_the_whole_mail_is_waited_for(sink, route_to):
    sink.on("DOT", Slow(0.5))
    assert send(route_to(sink, timeout=0.2, answer_timeout=5)).outcome is SENT


@pytest.mark.parametrize("answer", ["hello?", "199 odd", "700 odd"])
def test_an_answer_that_is_none_leaves_it_uncertain(sink, route_to, answer):
    sink.on("DOT", answer)
    assert send(route_to(sink)).outcome is UNCERTAIN


def test_the_point_of_no_return_is_noted_when_only_the_final_dot_is_missing(sink, route_to):
    noted = []

    def note():
        noted.append(len(sink.received))

    route = route_to(sink)
    result = route.send(MAIL, mail_from=FROM, recipients=[CAROL], before_final_dot=note)
    assert (result.outcome, noted, len(sink.received)) == (SENT, [0], 1)
    sink.on("DATA", "451 4.3.0 not now")
    route.send(MAIL, mail_from=FROM, recipients=[CAROL], before_final_dot=note)
    assert noted == [0]


@pytest.mark.parametrize("trouble", [RuntimeError("database is down"), OSError("disk is full"), ValueError("odd")])
def test_where_the_point_of_no_return_cannot_be_noted_nothing_is_sent(sink, route_to, trouble):
    def fail():
        raise trouble

    route = route_to(sink)
    with pytest.raises(type(trouble), match=str(trouble)):
        route.send(MAIL, mail_from=FROM, recipients=[CAROL], before_final_dot=fail)
    assert sink.received == []
    assert send(route).outcome is SENT


def test_one_of_three_recipients_refused_does_not_stop_the_others(sink, route_to):
    sink.on("RCPT", "550 5.1.1 unknown", recipient=DAN)
    sink.on("RCPT", "450 4.2.2 full", recipient=EVE)
    result = send(route_to(sink), CAROL, DAN, EVE)
    assert result.fates == {
        CAROL: Fate(SENT, "250 2.0.0 queued as 1"),
        DAN: Fate(REFUSED, "550 5.1.1 unknown"),
        EVE: Fate(LATER, "450 4.2.2 full"),
    }
    assert (result.outcome, result.of(LATER)) == (SENT, [EVE])
    assert [taken.recipients for taken in sink.received] == [[CAROL]]


def test_a_server_that_closes_among_the_recipients_gets_all_of_them_again(sink, route_to):
    sink.on("RCPT", "421 4.3.2 closing", recipient=DAN)
    assert fates(send(route_to(sink), CAROL, DAN, EVE)) == {CAROL: LATER, DAN: LATER, EVE: LATER}
    assert sink.received == []


@pytest.mark.parametrize(
    "address", ["carol@example.com>\r\nRCPT TO:<eve@example.com", "carol", "", "carol\0@example.com"]
)
def test_an_address_that_is_none_is_refused_here(sink, route_to, address):
    assert fates(send(route_to(sink), address, DAN)) == {address: REFUSED, DAN: SENT}
    assert [taken.recipients for taken in sink.received] == [[DAN]]


def test_addresses_in_other_letters_are_sent_as_they_are_where_the_server_can(sink, route_to):
    assert send(route_to(sink), "grüße@bücher.example").outcome is SENT
    assert sink.received[0].recipients == ["grüße@bücher.example"]


def test_a_port_where_nobody_listens_is_the_routes_fault(sink, route_to):
    route = route_to(sink)
    sink.stop()
    try:
        result = send(route)
        assert (result.outcome, result.route_error) == (LATER, result.words)
        assert f"127.0.0.1:{sink.port} cannot be used" in result.route_error
        with pytest.raises(RouteBroken):
            route.check()
    finally:
        sink.start()


@pytest.fixture
def certificate(tmp_path):
    return self_signed(tmp_path)


@pytest.fixture
def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.mark.parametrize(("tls", "implicit"), [("required", False), ("implicit", True)])
def test_tls_with_a_certificate_that_is_trusted(server_tls, certificate, route_to, tls, implicit):
    with SmtpSink(tls=server_tls, implicit_tls=implicit) as sink:
        settings = RouteSettings(host="localhost", port=sink.port, tls=tls, timeout=5, ca_file=str(certificate[0]))
        route = SmtpRoute(settings)
        assert send(route).outcome is SENT
        route.close()
        assert sink.connections == 1


@pytest.mark.parametrize(("tls", "implicit"), [("required", False), ("implicit", True)])
def test_a_certificate_nobody_vouches_for_is_refused_unless_told_otherwise(server_tls, route_to, tls, implicit):
    with SmtpSink(tls=server_tls, implicit_tls=implicit) as sink:
        result = send(route_to(sink, tls=tls))
        assert (result.outcome, "certificate verify failed" in result.route_error) == (LATER, True)
        assert sink.received == []
        assert send(route_to(sink, tls=tls, verify=False)).outcome is SENT
        if not implicit:
            assert send(route_to(sink, tls="optional")).outcome is SENT
            assert [taken.tls for taken in sink.received] == [True, True]


def test_no_starttls_is_no_way_out_where_it_is_required(sink, route_to):
    assert "offers no STARTTLS" in send(route_to(sink, tls="required")).route_error
    assert send(route_to(sink, tls="optional")).outcome is SENT


def test_logs_in_with_a_password(route_to):
    with SmtpSink(login=("support", "s3cret")) as sink:
        assert send(route_to(sink, user="support", password="s3cret")).outcome is SENT
        assert sink.received[0].login == "support"
        wrong = send(route_to(sink, user="support", password="wrong"))
        assert (wrong.outcome, "535" in wrong.route_error, "wrong" in wrong.route_error) == (LATER, True, False)
        without = send(route_to(sink))
        assert (without.outcome, without.route_error) == (LATER, "530 5.7.0 Authentication required")


class Tokens:
    """Gives the next token whenever the last was refused."""

    def __init__(self, *tokens):
        self.left = list(tokens)

    def token(self):
        return self.left[0]

    def forget(self):
        self.left.pop(0)


def test_logs_in_with_a_token_and_fetches_another_where_it_was_withdrawn(route_to):
    with SmtpSink(login=("support", "fresh")) as sink:
        assert send(route_to(sink, user="support", token=Tokens("withdrawn", "fresh"))).outcome is SENT
        assert sink.received[0].login == "support"
        refused = send(route_to(sink, user="support", token=Tokens("old", "older")))
        assert (refused.outcome, "535" in refused.route_error) == (LATER, True)


def test_the_password_never_stands_in_a_message_or_a_repr(sink, route_to):
    route = route_to(sink, user="support", password="s3cret")
    assert "s3cret" not in repr(route.settings) + send(route).words


def test_threads_take_turns(sink, route_to):
    route, results = route_to(sink), []
    crowd = [threading.Thread(target=lambda: results.append(send(route).outcome)) for _ in range(10)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert (results, len(sink.received), sink.connections) == ([SENT] * 10, 10, 1)
