"""One mailbox, watched as long as it is wanted: connect, take what is new, wait for more, come back after a failure."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Event
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from careline.domain.channels.email.imap.connection import connect, hang_up, words_of
from careline.domain.channels.email.imap.intake import Deliver, Intake, Trouble
from careline.domain.channels.email.imap.shape import Cursor, Health, ImapSettings, Position, State
from careline.domain.channels.email.oauth import TokenRefused

log = logging.getLogger(__name__)

LOOK_FOR_STOP_SECONDS = 0.5
SECOND_LOOK_SECONDS = 2.0
"""After a look that found something, and after the first, we look again before the long wait."""
AFTER_REFUSED_LOGIN_SECONDS = 60.0


class ImapMailbox:
    """Goes on while what keeps its cursor and its health is away, as a database may be: what it takes in is durable."""

    def __init__(self, settings: ImapSettings, *, cursor: Cursor, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self.cursor = _RememberedCursor(cursor)
        self.now = now
        self.health = Health()
        self._trouble = Trouble()
        self._tell: Callable[[Health], None] = lambda health: None

    def run(self, deliver: Deliver, stop: Event, on_health: Callable[[Health], None]) -> None:
        """Until `stop` is set. Raises nothing: what goes wrong is told to `on_health`.

        `deliver(raw, envelope)` returns once the mail is durable; whatever it raises means that it is not, and the mail
        is offered again after a pause.
        """
        self._tell = on_health
        while not stop.is_set():
            try:
                self._connection(deliver, stop)
            except Exception as error:  # one mailbox's trouble, of whatever kind, must not end its intake
                stop.wait(self._pause_after(error))
        self._report(state=State.STOPPED)

    def check(self) -> None:
        """Connect, log in and open the folder, as a test of the settings. Raises what went wrong; see `words_of`."""
        client = connect(self.settings)
        try:
            client.select_folder(self.settings.folder, readonly=True)
        finally:
            hang_up(client)

    def _connection(self, deliver: Deliver, stop: Event) -> None:
        self._report(state=State.CONNECTING)
        client = connect(self.settings)
        try:
            intake = self._opened(client)
            self._report(state=State.WATCHING, connected_at=self.now(), last_error="")
            looks_again = True
            while not stop.is_set():
                looks_again = self._take(intake, deliver, stop) > 0 or looks_again
                # What came while we looked a server may neither show in its answer nor tell once IDLE has begun.
                self._wait(client, stop, longest=SECOND_LOOK_SECONDS if looks_again else self.settings.idle_seconds)
                looks_again = False
            client.logout()
        finally:
            hang_up(client)

    def _opened(self, client: IMAPClient) -> Intake:
        if self.settings.after == "move" and not client.folder_exists(self.settings.move_to):
            client.create_folder(self.settings.move_to)
        selected: dict[bytes, Any] = client.select_folder(self.settings.folder, readonly=self.settings.after == "leave")
        return Intake(client, self.settings, cursor=self.cursor, trouble=self._trouble, now=self.now, selected=selected)

    def _take(self, intake: Intake, deliver: Deliver, stop: Event) -> int:
        def taken(raw: bytes, envelope: dict[str, Any]) -> None:
            if self.health.state is not State.TAKING:
                self._report(state=State.TAKING)
            deliver(raw, envelope)

        count = intake.take(taken, stop=stop)
        changes: dict[str, Any] = {"state": State.WATCHING, "failures": 0}
        if count:
            changes["last_mail_at"] = self.now()
        if intake.complaint:
            changes["last_error"] = intake.complaint
        self._report(**changes)
        return count

    def _wait(self, client: IMAPClient, stop: Event, *, longest: float) -> None:
        """Return as soon as the server says something, at the latest when the line must be used again."""
        if not client.has_capability("IDLE"):
            stop.wait(self.settings.poll_seconds)
            client.noop()
            return
        client.idle()
        news = client.idle_check(timeout=0)
        until = time.monotonic() + min(longest, self.settings.idle_seconds)
        while not news and not stop.is_set() and (left := until - time.monotonic()) > 0:
            pause = min(LOOK_FOR_STOP_SECONDS, left)
            began = time.monotonic()
            news = client.idle_check(timeout=pause)
            # Nothing said before its time is up: the line is cut, which idle_done will notice.
            if not news and time.monotonic() - began < pause / 2:
                break
        client.idle_done()

    def _pause_after(self, error: Exception) -> float:
        failures = self.health.failures + 1
        self._report(state=State.DOWN, last_error=words_of(error), failures=failures)
        first, longest = self.settings.retry_seconds
        pause = min(first * 2 ** min(failures - 1, 20), longest)
        if isinstance(error, LoginError) or (isinstance(error, TokenRefused) and error.permanent):
            # Too many wrong logins would lock the mailbox for its people as well.
            pause = max(pause, min(AFTER_REFUSED_LOGIN_SECONDS, longest))
        return pause * random.uniform(0.75, 1.0)  # noqa: S311

    def _report(self, **changes: Any) -> None:
        health = replace(self.health, **changes)
        if health != self.health or health.state is State.CONNECTING:
            self.health = health
            try:
                self._tell(health)
            except Exception:
                log.warning("The health of mailbox %s cannot be noted.", self.settings.address, exc_info=True)


class _RememberedCursor:
    """Asks once and then knows.

    A position that cannot be kept now is kept with the next; a crash before that means that mails are handed over again,
    which is recognised by what they say.
    """

    def __init__(self, kept: Cursor) -> None:
        self._kept = kept
        self._asked = False
        self._position: Position | None = None

    def load(self) -> Position | None:
        if not self._asked:
            self._position = self._kept.load()
            self._asked = True
        return self._position

    def save(self, position: Position) -> None:
        self._position, self._asked = position, True
        try:
            self._kept.save(position)
        except Exception:
            log.warning("The position in a mailbox cannot be kept for now.", exc_info=True)
