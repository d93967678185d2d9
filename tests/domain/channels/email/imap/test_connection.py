from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from careline.domain.channels.email.imap import Health, State
from tests.domain.channels.email.imap.watching import Desk, Notebook, left_in, put, subjects


def test_says_how_it_fares(server, account, theirs):
    put(theirs, "one")
    before = datetime.now(UTC)
    with Desk(server, account) as desk:
        desk.until_watching(1)
        desk.until(lambda: desk.reports[-1].last_mail_at)
        health = desk.reports[-1]
    assert [report.state for report in desk.reports] == [
        State.CONNECTING,
        State.WATCHING,
        State.TAKING,
        State.WATCHING,
        State.STOPPED,
    ]
    assert before < health.connected_at < health.last_mail_at
    assert health == Health(State.WATCHING, health.connected_at, health.last_mail_at, "", 0)


def test_goes_on_while_neither_its_place_nor_its_health_can_be_kept(server, account, theirs):
    class DownForNow(Notebook):
        is_down = False

        def save(self, position):
            if self.is_down:
                raise ConnectionError("database is down")
            super().save(position)

    cursor = DownForNow()

    class Unheard(Desk):
        def on_health(self, health):
            super().on_health(health)
            if cursor.is_down:
                raise ConnectionError("database is down")

    put(theirs, "one")
    with Unheard(server, account, cursor=cursor, after="leave") as desk:
        desk.until_watching(1)
        cursor.is_down = True
        put(theirs, "two")
        desk.until_watching(2)
        assert cursor.position.uid == 1
        cursor.is_down = False
        put(theirs, "three")
        desk.until_watching(3)
    assert (subjects(desk.mails), cursor.position.uid) == (["one", "two", "three"], 3)


def test_a_refused_login_is_told_in_the_servers_words(server, account):
    with Desk(server, account, password="wrong") as desk:
        desk.until(lambda: desk.reports[-1].state is State.DOWN)
    assert desk.reports[-2].last_error == "[AUTHENTICATIONFAILED] Authentication failed."
    assert "wrong" not in repr(desk.settings)


def test_a_folder_that_is_not_there_is_told(server, account):
    with Desk(server, account, folder="Nowhere") as desk:
        desk.until(lambda: desk.reports[-1].state is State.DOWN)
    assert "Mailbox doesn't exist: Nowhere" in desk.reports[-2].last_error


def test_a_mailbox_that_cannot_be_written_is_taken_in_all_the_same(server, account, theirs, monkeypatch):
    def refused(self, *args, **more):
        raise IMAPClientError("[NOPERM] Permission denied")

    monkeypatch.setattr("imapclient.IMAPClient.add_flags", refused)
    put(theirs, "one", "two")
    with Desk(server, account) as desk:
        desk.until_watching(2)
        desk.until(lambda: "could not be marked: [NOPERM] Permission denied" in desk.reports[-1].last_error)
    assert subjects(desk.mails) == ["one", "two"]


class Tokens:
    def __init__(self, *tokens):
        self.left = list(tokens)

    def token(self):
        return self.left[0]

    def forget(self):
        self.left.pop(0)


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_logs_in_with_a_token_and_fetches_another_where_it_was_withdrawn(server, mechanism):
    server.good_tokens.add("fresh")
    put(server.client("support"), mechanism)
    tokens = Tokens("withdrawn", "fresh")
    with Desk(server, "support", token=tokens, mechanism=mechanism) as desk:
        desk.until_watching(1)
    assert (subjects(desk.mails), tokens.left) == ([mechanism], ["fresh"])


@pytest.mark.parametrize("tls", ["implicit", "required"])
def test_speaks_tls_and_trusts_only_whom_it_should(server, account, theirs, tls):
    put(theirs, "one")
    port = server.tls_port if tls == "implicit" else server.port
    with Desk(server, account, tls=tls, port=port) as desk:
        desk.until(lambda: desk.reports[-1].state is State.DOWN)
    assert "certificate verify failed" in desk.reports[-2].last_error
    with Desk(server, account, tls=tls, port=port, verify=False) as desk:
        desk.until_watching(1)


def test_renews_its_waiting_and_goes_on(server, account, theirs):
    with Desk(server, account, idle_seconds=0.1) as desk:
        desk.until_watching(0)
        done = server.log().count("IDLE")
        put(theirs, "one")
        desk.until_watching(1)
    assert (subjects(desk.mails), done >= 0, desk.reports[-1].failures) == (["one"], True, 0)


def test_asks_again_and_again_where_the_server_cannot_call(server, account, theirs, monkeypatch):
    able = IMAPClient.has_capability
    lacking = {"IDLE", "MOVE"}
    monkeypatch.setattr(IMAPClient, "has_capability", lambda self, name: name not in lacking and able(self, name))
    with Desk(server, account, poll_seconds=0.05, after="move") as desk:
        desk.until_watching(0)
        put(theirs, "one")
        desk.until_watching(1)
    assert (left_in(theirs), left_in(theirs, "Careline")) == ({}, {"one": False})


def test_odd_mails_come_through_byte_for_byte(server, account, theirs):
    odd = [
        b"\r\n",
        b"no header",
        b"Subject: x\r\n\r\n" + bytes(range(14, 256)) * 400 + b"\r\n",
        b"x" * 3_000_000 + b"\r\n",
    ]
    for raw in odd:
        theirs.append("INBOX", raw)
    with Desk(server, account) as desk:
        desk.until(lambda: len(desk.mails) == 4)
    assert [
        raw.rstrip() == expected.rstrip() or raw == expected for raw, expected in zip(desk.mails, odd, strict=True)
    ] == [True] * 4
