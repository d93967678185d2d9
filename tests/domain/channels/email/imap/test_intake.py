import socket
import time
from datetime import UTC, datetime

import pytest
from imapclient import IMAPClient

from careline.domain.channels.email.imap import Position, State
from careline.kit.spool import SpoolFull
from tests.domain.channels.email.imap.watching import Desk, Notebook, left_in, put, subjects


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


def test_a_mail_that_the_server_does_not_tell_of_is_seen_by_the_second_look(server, account, theirs, monkeypatch):
    check = IMAPClient.idle_check

    def deaf(self, timeout=None):
        until = time.monotonic() + (timeout or 0)
        while (left := until - time.monotonic()) > 0:
            check(self, left)
        return []

    monkeypatch.setattr(IMAPClient, "idle_check", deaf)
    with Desk(server, account) as desk:
        desk.until_watching(0)
        put(theirs, "one")
        desk.until_watching(1)
        put(theirs, "two")
        desk.until_watching(2)
    assert subjects(desk.mails) == ["one", "two"]


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
