"""Mail out by SMTP (RFC 5321), at most once: where nobody can know whether a mail arrived, that is the result."""

from __future__ import annotations

import re
import smtplib
import threading
import time
from collections.abc import Callable, Sequence

from careline.domain.channels.email.envelope import BadAddress, bare_address, recipient_address
from careline.domain.channels.email.route import RouteSettings
from careline.domain.channels.email.sending import Fate, Outcome, SendResult
from careline.domain.channels.email.smtp_connection import RouteBroken, open_connection, said, words_of

IDLE_SECONDS = 20.0
MAILS_PER_CONNECTION = 100
PIECE = 1 << 16
LOGIN_ASKED = {530, 534, 535, 538}
LINE_END = re.compile(rb"\r\n|\r|\n")
DOT_FIRST = re.compile(rb"(?m)^\.")
_routes = threading.local()


def held(wanted: RouteSettings) -> SmtpRoute:
    """One connection per sending thread, kept for bursts; a way out that was set otherwise gets a new one."""
    held: dict[RouteSettings, SmtpRoute] = _routes.__dict__.setdefault("held", {})
    if wanted not in held:
        for old in held.values():
            old.close()
        held.clear()
        held[wanted] = SmtpRoute(wanted)
    return held[wanted]


class SmtpRoute:
    """One way out, one mail at a time, the connection kept for a few seconds. Safe to share among threads."""

    def __init__(self, settings: RouteSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._client: smtplib.SMTP | None = None
        self._used_at = 0.0
        self._mails = 0

    def send(
        self,
        raw: bytes,
        *,
        mail_from: str,
        recipients: Sequence[str],
        before_final_dot: Callable[[], None] = lambda: None,
    ) -> SendResult:
        """Send one mail; `mail_from` may be empty. Never raises for what a server or the network does.

        Recipients whose fate is `later` are to be sent to again, and only those. `before_final_dot` is called right
        before the point of no return; what it raises passes through, and then nothing was sent.
        """
        with self._lock:
            try:
                client = self._connection()
            except RouteBroken as error:
                return SendResult.for_all(recipients, Outcome.LATER, str(error), route_error=str(error))
            try:
                return _Transaction(client, self.settings, list(recipients), before_final_dot).run(raw, mail_from)
            finally:
                self._after_mail(client)

    def check(self) -> None:
        """Connect and log in without sending. Raises RouteBroken."""
        with self._lock:
            self._connection()

    def close(self) -> None:
        with self._lock:
            self._hang_up()

    def _connection(self) -> smtplib.SMTP:
        if self._client is not None and not self._is_alive(self._client):
            self._hang_up()
        if self._client is None:
            self._client, self._mails = open_connection(self.settings), 0
        return self._client

    def _is_alive(self, client: smtplib.SMTP) -> bool:
        if time.monotonic() - self._used_at > IDLE_SECONDS or self._mails >= MAILS_PER_CONNECTION:
            return False
        try:
            return client.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _after_mail(self, client: smtplib.SMTP) -> None:
        self._used_at, self._mails = time.monotonic(), self._mails + 1
        if client.sock is None:
            self._client = None

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None and client.sock is not None:
            # Politeness must not cost a time-out where the server is gone.
            client.sock.settimeout(2)
            try:
                client.quit()
            except (OSError, smtplib.SMTPException):
                client.close()


class _Transaction:
    """MAIL, RCPT, DATA of one mail. `fates` fills up recipient by recipient."""

    def __init__(
        self, client: smtplib.SMTP, settings: RouteSettings, recipients: list[str], before_final_dot: Callable[[], None]
    ) -> None:
        self.before_final_dot = before_final_dot
        self.is_broken_off = False
        self.client = client
        self.settings = settings
        self.recipients = recipients
        self.fates: dict[str, Fate] = {}

    def run(self, raw: bytes, mail_from: str) -> SendResult:
        wire = _on_the_wire(raw)
        try:
            accepted = self._announce(mail_from, wire)
            if accepted and self._data_may_come():
                self._hand_over(wire)
        except RouteBroken as error:
            return SendResult.for_all(self.recipients, Outcome.LATER, str(error), route_error=str(error))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if self.is_broken_off:
                raise
            # The final dot has not been sent: whatever the server saw, it was no whole mail.
            self.client.close()
            self._settle(Outcome.LATER, f"The connection broke before the mail was handed over: {words_of(error)}")
        return SendResult({address: self.fates[address] for address in self.recipients})

    def _announce(self, mail_from: str, wire: bytes) -> bool:
        """True where at least one recipient is accepted."""
        try:
            sender = self._writable(bare_address(mail_from))
        except BadAddress as error:
            return self._settle(Outcome.REFUSED, str(error))
        code, words = self._ask(f"MAIL FROM:<{sender}>{self._mail_options(wire)}")
        if code in LOGIN_ASKED:
            raise RouteBroken(words)
        if code != 250:
            return self._settle(_outcome(code), words)
        for address in self.recipients:
            try:
                written = self._writable(recipient_address(address))
            except BadAddress as error:
                self.fates[address] = Fate(Outcome.REFUSED, str(error))
                continue
            code, words = self._ask(f"RCPT TO:<{written}>")
            if code == 421:
                return self._settle(Outcome.LATER, words)
            if code not in (250, 251):
                self.fates[address] = Fate(_outcome(code), words)
        return len(self.fates) < len(self.recipients)

    def _mail_options(self, wire: bytes) -> str:
        options = ""
        if self.client.has_extn("size"):
            options += f" SIZE={len(wire)}"
        if self.client.has_extn("8bitmime") and not wire.isascii():
            options += " BODY=8BITMIME"
        if self._needs_utf8():
            options += " SMTPUTF8"
        return options

    def _needs_utf8(self) -> bool:
        return self.client.has_extn("smtputf8") and not "".join(self.recipients).isascii()

    def _writable(self, address: str) -> str:
        """The address as this server can read it. Raises BadAddress."""
        if address.isascii():
            return address
        if self.client.has_extn("smtputf8"):
            self.client.command_encoding = "utf-8"
            return address
        local, _, domain = address.rpartition("@")
        try:
            return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
        except UnicodeError:
            raise BadAddress(
                f"The mail server in between cannot write to {address}: it knows only plain letters."
            ) from None

    def _data_may_come(self) -> bool:
        code, words = self._ask("DATA")
        return code == 354 or self._settle(_outcome(code), words)

    def _hand_over(self, wire: bytes) -> None:
        """Body and final dot apart: before the dot the mail cannot have arrived; after it, only the answer can tell."""
        sock = self.client.sock
        assert sock is not None
        # Piece by piece, because a time-out counts for the whole of one call.
        for at in range(0, len(wire), PIECE):
            sock.sendall(wire[at : at + PIECE])
        try:
            self.before_final_dot()
        except BaseException:
            self.client.close()  # without its final dot it was no mail
            self.is_broken_off = True
            raise
        sock.sendall(b".\r\n")
        try:
            sock.settimeout(self.settings.answer_timeout)
            code, reply = self.client.getreply()
            sock.settimeout(self.settings.timeout)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.client.close()
            self._settle(Outcome.UNCERTAIN, f"The whole mail was handed over, but no answer came: {words_of(error)}")
            return
        self._settle(_outcome_of_answer(code), said(code, reply))
        if code == 421 or code < 200:
            self.client.close()

    def _ask(self, command: str) -> tuple[int, str]:
        code, reply = self.client.docmd(command)
        return code, said(code, reply)

    def _settle(self, outcome: Outcome, words: str) -> bool:
        """Give every recipient without a fate this one. False, as `may it go on?`."""
        for address in self.recipients:
            self.fates.setdefault(address, Fate(outcome, words))
        return False


def _on_the_wire(raw: bytes) -> bytes:
    lines = LINE_END.sub(b"\r\n", raw)
    if lines and not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return DOT_FIRST.sub(b"..", lines)


def _outcome(code: int) -> Outcome:
    return Outcome.REFUSED if 500 <= code < 600 else Outcome.LATER


def _outcome_of_answer(code: int) -> Outcome:
    if 200 <= code < 300:
        return Outcome.SENT
    return _outcome(code) if 400 <= code < 600 else Outcome.UNCERTAIN
