import itertools
import shutil
import socket
import threading
import time
from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient

from careline.domain.channels.email.imap import Health, ImapMailbox, ImapSettings, Position, State
from careline.kit.spool import SpoolFull

PASSWORD = "s3cret"
NUMBERS = itertools.count(1)


@pytest.fixture
def account():
    return f"support{next(NUMBERS)}"


@pytest.fixture
def theirs(server, account):
    """The mailbox as another mail program sees it."""
    client = server.client(account)
    client.select_folder("INBOX")
    yield client
    client.shutdown()


def put(client, *names, flags=(), folder="INBOX"):
    for name in names:
        client.append(folder, b"From: carol@example.com\r\nSubject: %s\r\n\r\nHi\r\n" % name.encode(), flags)


def subjects(raws):
    return [raw.split(b"Subject: ")[1].split(b"\r\n")[0].decode() for raw in raws]


def left_in(client, folder="INBOX"):
    client.select_folder(folder)
    found = client.fetch(client.search(), [b"BODY.PEEK[]", b"FLAGS"]) if client.search() else {}
    return {subjects([mail[b"BODY[]"]])[0]: b"\\Seen" in mail[b"FLAGS"] for _, mail in sorted(found.items())}


class Notebook:
    def __init__(self, position=None):
        self.position = position

    def load(self):
        return self.position

    def save(self, position):
        self.position = position


class Desk:
    """Runs an ImapMailbox in a thread, as the worker does, and keeps what it hands over."""

    def __init__(self, server, account, *, cursor=None, refuse=(), **settings):
        given = {"port": server.port, "tls": "none", "password": PASSWORD, "timeout": 5.0, "retry_seconds": (0.05, 0.1)}
        self.settings = ImapSettings(
            host="127.0.0.1", user=account, address="support@northwind.example", channel="7", **(given | settings)
        )
        self.cursor = cursor or Notebook()
        self.refuse = list(refuse)
        self.mails, self.envelopes, self.reports = [], [], []
        self.changed = threading.Condition()
        self.stop = threading.Event()

    def deliver(self, raw, envelope):
        with self.changed:
            if self.refuse:
                raise self.refuse.pop(0)
            self.mails.append(raw)
            self.envelopes.append(envelope)
            self.changed.notify_all()

    def on_health(self, health):
        with self.changed:
            self.reports.append(health)
            self.changed.notify_all()

    def until(self, true, seconds=15):
        with self.changed:
            assert self.changed.wait_for(true, seconds), (self.reports[-3:], subjects(self.mails))

    def until_watching(self, mails):
        self.until(
            lambda: len(self.mails) >= mails and self.reports[-1].state is State.WATCHING and self.cursor.position
        )

    def __enter__(self):
        mailbox = ImapMailbox(self.settings, cursor=self.cursor, now=lambda: datetime.now(UTC))
        self.thread = threading.Thread(target=mailbox.run, args=(self.deliver, self.stop, self.on_health))
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.stop.set()
        self.thread.join(15)
        assert not self.thread.is_alive()
        assert self.reports[-1].state is State.STOPPED


def test_takes_what_lies_there_and_what_comes_while_it_watches(server, account, theirs):
    put(theirs, "one", "two")
    with Desk(server, account) as desk:
        desk.until_watching(2)
        put(theirs, "three")
        came_at = time.monotonic()
        desk.until(lambda: len(desk.mails) == 3)
        assert time.monotonic() - came_at < 1
        desk.until_watching(3)
    assert subjects(desk.mails) == ["one", "two", "three"]
    assert left_in(theirs) == {"one": True, "two": True, "three": True}
    envelope = desk.envelopes[2]
    validity = theirs.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    assert (envelope["to"], envelope["door"], envelope["channel"]) == (["support@northwind.example"], "imap", "7")
    assert envelope["extra"] == {"uid": 3, "uid_validity": validity, "folder": "INBOX"}
    assert (desk.cursor.position.uid_validity, desk.cursor.position.uid) == (validity, 3)


def test_a_mail_that_comes_while_others_are_taken_in_is_not_left_until_the_next_one(server, account, theirs):
    class Busy(Desk):
        def deliver(self, raw, envelope):
            super().deliver(raw, envelope)
            if len(self.mails) < 5:
                put(theirs, f"while taking {len(self.mails)}")

    put(theirs, "first")
    with Busy(server, account) as desk:
        desk.until_watching(5)
    assert subjects(desk.mails) == ["first", *(f"while taking {n}" for n in range(1, 5))]


def test_a_mail_that_comes_just_before_the_waiting_is_seen(server, account, theirs, monkeypatch):
    idle, names = IMAPClient.idle, iter("abcde")

    def late(self):
        if name := next(names, None):
            put(theirs, name)
        idle(self)

    monkeypatch.setattr(IMAPClient, "idle", late)
    with Desk(server, account) as desk:
        desk.until_watching(5)
    assert subjects(desk.mails) == list("abcde")


def test_comes_back_where_it_left_off(server, account, theirs):
    cursor = Notebook()
    put(theirs, "one")
    with Desk(server, account, cursor=cursor) as first:
        first.until_watching(1)
    put(theirs, "two", flags=[b"\\Seen"])
    with Desk(server, account, cursor=cursor) as second:
        second.until_watching(1)
    assert (subjects(first.mails), subjects(second.mails)) == (["one"], ["two"])


@pytest.mark.parametrize(
    ("backlog", "expected"), [("all", ["old", "unread", "new"]), ("unseen", ["unread", "new"]), ("none", ["new"])]
)
def test_takes_as_much_of_the_old_mail_as_it_is_told(server, account, theirs, backlog, expected):
    put(theirs, "old", flags=[b"\\Seen"])
    put(theirs, "unread")
    with Desk(server, account, backlog=backlog, after="leave") as desk:
        desk.until_watching(len(expected) - 1)
        put(theirs, "new", flags=[b"\\Seen"])
        desk.until_watching(len(expected))
    assert subjects(desk.mails) == expected
    assert left_in(theirs) == {"old": True, "unread": False, "new": True}


def test_an_interrupted_backlog_goes_on_with_unread_mail_only(server, account, theirs):
    put(theirs, "read", flags=[b"\\Seen"])
    put(theirs, "unread")
    validity = theirs.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    cursor = Notebook(Position(validity, 0, datetime.now(UTC), backlog_until=2))
    with Desk(server, account, cursor=cursor) as desk:
        desk.until_watching(1)
    assert subjects(desk.mails) == ["unread"]


def test_moves_mail_into_a_folder_it_makes(server, account, theirs):
    put(theirs, "one")
    with Desk(server, account, after="move", move_to="Taken in") as desk:
        desk.until_watching(1)
    assert (left_in(theirs), left_in(theirs, "Taken in")) == ({}, {"one": False})


def test_deletes_only_what_it_took(server, account, theirs):
    put(theirs, "theirs", flags=[b"\\Deleted", b"\\Seen"])
    put(theirs, "ours")
    with Desk(server, account, after="delete") as desk:
        desk.until_watching(1)
    assert left_in(theirs) == {"theirs": True}


def test_a_mail_is_marked_only_once_it_is_safe(server, account, theirs):
    put(theirs, "one", "two")
    seen = []

    class Careful(Desk):
        def deliver(self, raw, envelope):
            seen.append(left_in(theirs))
            super().deliver(raw, envelope)

    full = SpoolFull("No room left for the spool.")
    with Careful(server, account, after="delete", refuse=[full, full]) as desk:
        desk.until_watching(2)
    assert seen == [{"one": False, "two": False}] * 4
    assert (subjects(desk.mails), left_in(theirs)) == (["one", "two"], {})
    assert "No room left for the spool." in [report.last_error for report in desk.reports]


def test_a_failure_half_way_keeps_what_is_done_and_doubles_nothing(server, account, theirs):
    put(theirs, "one", "two", "three")

    class Stumbling(Desk):
        def deliver(self, raw, envelope):
            if len(self.mails) == 1 and not self.refuse:
                self.refuse.append(None)
                raise OSError("disk trouble")
            self.refuse.clear()
            super().deliver(raw, envelope)

    with Stumbling(server, account, after="leave") as desk:
        desk.until_watching(3)
    assert subjects(desk.mails) == ["one", "two", "three"]


def test_a_mailbox_that_was_numbered_anew_is_read_again_and_loses_nothing(server, account, theirs):
    cursor = Notebook()
    put(theirs, "one", "two")
    with Desk(server, account, cursor=cursor, after="leave") as first:
        first.until_watching(2)
    theirs.create_folder("Other")
    put(theirs, "one", "two", "three", folder="Other")
    old = cursor.position
    with Desk(server, account, cursor=cursor, after="leave", folder="Other") as second:
        second.until_watching(3)
    assert subjects(second.mails) == ["one", "two", "three"]
    assert cursor.position.uid_validity != old.uid_validity
    with Desk(server, account, cursor=cursor, after="leave", folder="Other") as third:
        third.until_watching(0)
    assert third.mails == []


def test_a_large_mailbox_is_taken_in_pieces_and_in_order(server, account, theirs, monkeypatch):
    monkeypatch.setattr("careline.domain.channels.email.imap.intake.UIDS_AT_ONCE", 7)
    monkeypatch.setattr("careline.domain.channels.email.imap.intake.BATCH", 4)
    monkeypatch.setattr("careline.domain.channels.email.imap.intake.BATCH_BYTES", 150)
    names = [f"mail {n}" for n in range(60)]
    put(theirs, *names)
    theirs.delete_messages(list(range(8, 40)))
    theirs.expunge()
    with Desk(server, account) as desk:
        desk.until_watching(28)
    assert subjects(desk.mails) == names[:7] + names[39:]


def test_a_mail_the_server_cannot_give_out_stops_none_behind_it(server, account, theirs, monkeypatch):
    put(theirs, "one", "broken", "three")
    fetch = IMAPClient.fetch

    def broken(self, uids, items, *more):
        if 2 in uids and b"BODY.PEEK[]" in items:
            self.socket().shutdown(socket.SHUT_RDWR)
        return fetch(self, uids, items, *more)

    with monkeypatch.context() as patch, Desk(server, account, after="delete") as desk:
        patch.setattr("imapclient.IMAPClient.fetch", broken)
        desk.until_watching(3)
    assert (subjects(desk.mails[::2]), desk.mails[1]) == (["one", "three"], b"")
    assert list(desk.envelopes[1]["extra"]) == ["uid", "uid_validity", "folder", "unreadable"]
    assert left_in(theirs) == {"broken": False}


def test_comes_back_after_the_server_was_away(server, account, theirs):
    put(theirs, "one")
    with Desk(server, account) as desk:
        desk.until_watching(1)
        server.stop()
        desk.until(lambda: desk.reports[-1].state is State.DOWN and desk.reports[-1].failures >= 2)
        server.start()
        desk.until(lambda: (desk.reports[-1].state, desk.reports[-1].failures) == (State.WATCHING, 0))
        assert desk.reports[-1].last_error == ""
        put(server.client(account), "two")
        desk.until_watching(2)
    assert subjects(desk.mails) == ["one", "two"]


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
    from imapclient.exceptions import IMAPClientError

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


def test_without_dovecot_the_tests_say_what_to_install():
    assert shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"), "install dovecot-imapd"
