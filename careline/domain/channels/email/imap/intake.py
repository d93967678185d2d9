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
LAST_UID = (1 << 32) - 1
TRIES = 3
BODY = b"BODY[]"


@dataclass
class Trouble:
    """Mails that broke a fetch, remembered over reconnections: around them mails are fetched one by one, and one that
    failed three times is handed on without its text rather than holding up all behind it."""

    alone_until: int = 0
    tries: dict[int, int] = field(default_factory=dict)

    def at(self, uids: list[int]) -> None:
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
        self.next_uid = int(selected.get(b"UIDNEXT", 0))
        self.complaint = ""

    def take(self, deliver: Deliver, *, stop: Event) -> int:
        """Take all that is new; returns how many. What `deliver` raises passes through with the position kept before it."""
        taken = 0
        for uids in self._new_uids():
            for batch in self._batches(uids):
                if stop.is_set():
                    return taken
                taken += self._take_batch(batch, deliver)
        return taken

    # -- which

    def _new_uids(self) -> Iterator[list[int]]:
        position = self.cursor.load()
        if position is None:
            yield from self._first_uids()
        elif position.uid_validity != self.validity:
            # The server numbers its mails anew. Doubles among these are recognised later by what they say.
            since = position.at.astimezone(UTC) - timedelta(days=2)
            yield from self._uids_after(0, ["SINCE", since.date()])
        else:
            yield from self._uids_after(position.uid, [])

    def _first_uids(self) -> Iterator[list[int]]:
        if self.settings.backlog == "none":
            self._remember(max(0, self.next_uid - 1))
            yield from self._uids_after(max(0, self.next_uid - 1), [])
            return
        yield from self._uids_after(0, ["UNSEEN"] if self.settings.backlog == "unseen" else [])
        if self.cursor.load() is None:
            self._remember(max(0, self.next_uid - 1))

    def _uids_after(self, last: int, criteria: list[Any]) -> Iterator[list[int]]:
        """In windows, as the answer for a very large folder is longer than a line may be."""
        width = UIDS_AT_ONCE
        while last + width < self.next_uid:
            found = self._search(f"{last + 1}:{last + width}", criteria)
            yield found
            last += width
            width = UIDS_AT_ONCE if found else min(width * 4, LAST_UID)
        yield [uid for uid in self._search(f"{last + 1}:*", criteria) if uid > last]

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
                if batch and (size > BATCH_BYTES or uid <= self.trouble.alone_until):
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
        done: list[int] = []
        try:
            for uid, raw, problem in self._fetched(batch):
                deliver(raw, self._envelope(uid, problem))
                done.append(uid)
        finally:
            if done:
                self._mark(done)
                self._remember(done[-1])
        # Mails that vanished before we came are passed as well.
        self._remember(batch[-1])
        return len(done)

    def _fetched(self, batch: list[int]) -> Iterator[tuple[int, bytes, str]]:
        if len(batch) == 1 and self.trouble.is_hopeless(batch[0]):
            yield batch[0], b"", "The mail server gave the mail out in no readable form."
            return
        try:
            found = self.client.fetch(batch, [b"BODY.PEEK[]"])
        except (OSError, IMAPClientAbortError):
            self.trouble.at(batch)
            raise
        except (IMAPClientError, ValueError, AssertionError) as error:
            yield from self._one_by_one(batch, words_of(error))
            return
        for uid in batch:
            if uid in found:
                raw = found[uid].get(BODY)
                yield uid, raw or b"", "" if raw is not None else "The mail server gave out an empty mail."

    def _one_by_one(self, batch: list[int], words: str) -> Iterator[tuple[int, bytes, str]]:
        if len(batch) > 1:
            for uid in batch:
                yield from self._fetched([uid])
            return
        self.complaint = words
        yield batch[0], b"", words

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
        self.cursor.save(Position(self.validity, uid, self.now()))

    def _envelope(self, uid: int, problem: str) -> dict[str, Any]:
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
