"""Which mails of an opened mailbox are new, and taking them in order: fetch, hand on, mark, remember."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from careline.domain.channels.email.envelope import envelope_of
from careline.domain.channels.email.imap.connection import words_of
from careline.domain.channels.email.imap.shape import Cursor, ImapSettings, Position

Deliver = Callable[[bytes, dict[str, Any]], None]

BATCH = 50
BATCH_BYTES = 8 << 20
UIDS_AT_ONCE = 5000
TRIES = 5
BODY = b"BODY[]"


@dataclass
class Trouble:
    """Mails that broke a fetch, remembered over reconnections.

    Around them mails are fetched one by one; one that fails again and again is handed on without its text, and left in
    the mailbox as it is, rather than holding up all behind it.
    """

    alone_until: int = 0
    tries: dict[int, int] = field(default_factory=dict)
    words: str = ""

    def at(self, uids: list[int], words: str) -> None:
        self.words = words
        if len(uids) == 1:
            self.tries[uids[0]] = self.tries.get(uids[0], 0) + 1
        self.alone_until = max(self.alone_until, uids[-1])

    def is_hopeless(self, uid: int) -> bool:
        return self.tries.get(uid, 0) >= TRIES


class Intake:
    """Of one connection, its folder selected with `selected` as the server's answer."""

    def __init__(
        self,
        client: IMAPClient,
        settings: ImapSettings,
        *,
        cursor: Cursor,
        trouble: Trouble,
        now: Callable[[], datetime],
        selected: dict[bytes, Any],
    ) -> None:
        self.client = client
        self.settings = settings
        self.cursor = cursor
        self.trouble = trouble
        self.now = now
        self.validity = int(selected.get(b"UIDVALIDITY", 0))
        self.next_uid = int(selected.get(b"UIDNEXT", 0)) or 1 + max(client.search("ALL"), default=0)
        self.backlog_until = 0
        self.complaint = ""

    def take(self, deliver: Deliver, *, stop: Event) -> int:
        """Take all that is new; returns how many. What `deliver` raises passes through, the position kept before it."""
        taken = self._take_once(deliver, stop)
        while self._more_came() and not stop.is_set():
            taken += self._take_once(deliver, stop)
        return taken

    def _more_came(self) -> bool:
        """Mail told of in the answer to another command; a server does not tell twice, so IDLE would stay silent."""
        _, told = self.client._imap.response("EXISTS")
        return told != [None]

    def _take_once(self, deliver: Deliver, stop: Event) -> int:
        self._more_came()
        taken = 0
        for uids in self._new_uids():
            for batch in self._batches(uids):
                if stop.is_set():
                    return taken
                taken += self._take_batch(batch, deliver)
        return taken

    # -- which

    def _new_uids(self) -> Iterator[list[int]]:
        before = self.next_uid - 1
        position = self.cursor.load()
        if position is None:
            backlog = before if self.settings.backlog == "unseen" else 0
            position = Position(self.validity, before if self.settings.backlog == "none" else 0, self.now(), backlog)
            self.cursor.save(position)
        elif position.uid_validity != self.validity:
            # The server numbers its mails anew. Doubles among these are recognised later by what they say.
            since = position.at.astimezone(UTC) - timedelta(days=2)
            yield from self._uids_between(0, before, ["SINCE", since.date()])
            position = Position(self.validity, before, self.now())
            self.cursor.save(position)
        self.backlog_until = position.backlog_until
        if position.uid < self.backlog_until:
            yield from self._uids_between(position.uid, self.backlog_until, ["UNSEEN"])
        yield from self._uids_after(max(position.uid, self.backlog_until))

    def _uids_after(self, last: int) -> Iterator[list[int]]:
        yield from self._uids_between(last, self.next_uid - 1, [])
        reached = max(last, self.next_uid - 1)
        # A range to * always names the last mail, also where that is an old one.
        yield [uid for uid in self._search(f"{reached + 1}:*", []) if uid > reached]

    def _uids_between(self, last: int, end: int, criteria: list[Any]) -> Iterator[list[int]]:
        """Those in (last, end], in windows: the answer for a very large folder is longer than a line may be."""
        width = UIDS_AT_ONCE
        while last < end:
            reached = min(last + width, end)
            found = self._search(f"{last + 1}:{reached}", criteria)
            yield found
            last, width = reached, UIDS_AT_ONCE if found else width * 4

    def _search(self, uids: str, criteria: list[Any]) -> list[int]:
        return sorted(self.client.search(["UID", uids, *criteria]))

    # -- fetching

    def _batches(self, uids: list[int]) -> Iterator[list[int]]:
        for at in range(0, len(uids), BATCH):
            part = uids[at : at + BATCH]
            sizes = self._sizes(part)
            batch: list[int] = []
            size = 0
            for uid in part:
                size += sizes.get(uid, 0)
                if batch and (size > BATCH_BYTES or batch[0] <= self.trouble.alone_until):
                    yield batch
                    batch, size = [], sizes.get(uid, 0)
                batch.append(uid)
            if batch:
                yield batch

    def _sizes(self, uids: list[int]) -> dict[int, int]:
        try:
            found = self.client.fetch(uids, [b"RFC822.SIZE"])
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return {}
        return {uid: int(item.get(b"RFC822.SIZE", 0)) for uid, item in found.items()}

    def _take_batch(self, batch: list[int], deliver: Deliver) -> int:
        if len(batch) == 1 and self.trouble.is_hopeless(batch[0]):
            deliver(b"", self._envelope(batch[0], self.trouble.words))
            self._remember(batch[0])
            return 1
        done: list[int] = []
        try:
            for uid, raw in self._fetched(batch):
                deliver(raw, self._envelope(uid))
                done.append(uid)
        finally:
            if done:
                self._mark(done)
                self._remember(done[-1])
        if not done or done[-1] != batch[-1]:
            # The rest vanished before we came.
            self._remember(batch[-1])
        return len(done)

    def _fetched(self, batch: list[int]) -> list[tuple[int, bytes]]:
        try:
            found = self.client.fetch(batch, [b"BODY.PEEK[]"])
            mails = [(uid, found[uid][BODY]) for uid in batch if uid in found]
            if any(raw is None for _, raw in mails):
                raise IMAPClientError("The mail server gave out a mail without its text.")
        except Exception as error:
            self.trouble.at(batch, words_of(error))
            raise
        return mails

    # -- afterwards

    def _mark(self, uids: list[int]) -> None:
        """Where the server refuses, the mails stay as they are: they are safe here, and taking in goes on."""
        try:
            if self.settings.after == "seen":
                self.client.add_flags(uids, [b"\\Seen"], silent=True)
            elif self.settings.after == "move":
                self._move(uids)
            elif self.settings.after == "delete":
                self._delete(uids)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            self.complaint = f"Mails were taken in but could not be marked: {words_of(error)}"

    def _move(self, uids: list[int]) -> None:
        if self.client.has_capability("MOVE"):
            self.client.move(uids, self.settings.move_to)
        else:
            self.client.copy(uids, self.settings.move_to)
            self._delete(uids)

    def _delete(self, uids: list[int]) -> None:
        self.client.add_flags(uids, [b"\\Deleted"], silent=True)
        # Without UIDPLUS an expunge would also remove what other people have marked.
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge(uids)

    def _remember(self, uid: int) -> None:
        self.cursor.save(Position(self.validity, uid, self.now(), self.backlog_until))

    def _envelope(self, uid: int, problem: str = "") -> dict[str, Any]:
        extra: dict[str, Any] = {"uid": uid, "uid_validity": self.validity, "folder": self.settings.folder}
        if problem:
            extra["unreadable"] = problem
        return envelope_of(
            to=[self.settings.address],
            sender="",
            door="imap",
            received_at=self.now(),
            channel=self.settings.channel,
            peer=self.settings.host,
            extra=extra,
        )
