"""A mailbox watched as the worker does it, and what another mail program sees of it meanwhile."""

import threading
from datetime import UTC, datetime

from careline.domain.channels.email.imap import ImapMailbox, ImapSettings, State
from tests.domain.channels.email.imap.dovecot import PASSWORD


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
