"""One conversation with a mail server that brings mail, in SMTP or LMTP (RFC 5321, RFC 2033)."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import logging
import secrets
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from careline.domain.channels.email.envelope import BadAddress, Door, bare_address, envelope_of, recipient_address
from careline.entrypoints.smtp.dots import DotStream
from careline.entrypoints.smtp.stamp import stamp
from careline.kit.spool import CHUNK, NO_ROOM, Spool, SpoolFull, SpoolUnavailable

logger = logging.getLogger("careline.mail")

LARGEST_MAIL = 64 << 20
IN_MEMORY = 1 << 20
READ_AT_ONCE = 1 << 16
LONGEST_COMMAND = 4096
CALLS_PER_CONNECTION = {"*": 100_000, "EHLO": 50, "HELO": 50, "LHLO": 50, "VRFY": 20, "HELP": 20, "EXPN": 20, "AUTH": 5}

FULL = "452 4.3.1 No room to keep the mail just now, try again later"
LATER = "451 4.3.0 The mail cannot be kept just now, try again later"
TOO_LARGE = "552 5.3.4 The mail is larger than this server takes"


@dataclass(frozen=True, slots=True)
class Limits:
    size: int = LARGEST_MAIL
    recipients: int = 100
    connections: int = 100
    silence_seconds: float = 300.0
    mail_seconds: float = 1800.0


@dataclass(frozen=True, slots=True)
class House:
    """What all conversations of one door share."""

    spool: Spool
    protocol: Door
    accepts: Callable[[str], bool]
    limits: Limits
    threads: Executor
    open_sessions: set[Any]


class Replies:
    """Answers to single commands, in the form aiosmtpd calls them."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, lines: list[str]) -> list[str]:
        session.host_name = hostname
        offered = [line for line in lines if not line.startswith(("250-AUTH", "250 HELP"))]
        return [*offered, "250 PIPELINING"]

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        try:
            bare_address(address)
        except BadAddress:
            return "553 5.1.7 The sender is not a mail address"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if len(envelope.rcpt_tos) >= self.house.limits.recipients:
            return "452 4.5.3 Too many recipients"
        try:
            recipient = recipient_address(address)
        except BadAddress:
            return "553 5.1.3 The recipient is not a mail address"
        if self.house.protocol == "smtp" and not await self._is_ours(recipient):
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(recipient)
        return "250 2.1.5 OK"

    async def _is_ours(self, recipient: str) -> bool:
        """Also by its plain form: support+anything is a mail to support (RFC 5233)."""
        local, _, domain = recipient.rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        loop = asyncio.get_running_loop()
        for address in dict.fromkeys((recipient, plain)):
            if await loop.run_in_executor(self.house.threads, self.house.accepts, address):
                return True
        return False

    async def handle_exception(self, error: Exception) -> str:
        logger.error("A mail could not be taken in", exc_info=error)
        return LATER


class _Conversation(SMTP):
    """aiosmtpd's commands with our own DATA: it goes to disk as it comes, whatever the length of its lines."""

    envelope: Any
    session: Any
    _reader: Any

    line_length_limit = READ_AT_ONCE
    command_size_limit = LONGEST_COMMAND
    command_size_limits = collections.defaultdict(lambda: LONGEST_COMMAND)

    def __init__(self, house: House, **settings: Any) -> None:
        self.house = house
        self.is_taking_mail = False
        super().__init__(
            Replies(house),
            data_size_limit=house.limits.size,
            enable_SMTPUTF8=True,
            timeout=house.limits.silence_seconds,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            command_call_limit=CALLS_PER_CONNECTION,
            ident="Careline",
            **settings,
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.house.open_sessions.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.house.open_sessions.discard(self)
        super().connection_lost(error)

    def hang_up(self, reply: str = "421 4.4.2 Waited too long, closing") -> None:
        """Close also on a peer that never reads what we wrote."""
        transport: Any = self.transport
        if transport is None:
            return
        # asyncio's TLS transport raises this where the other side has gone already: there is nobody left to tell
        with contextlib.suppress(AttributeError):
            transport.write(reply.encode() + b"\r\n")
        transport.close()
        self.loop.call_later(2, transport.abort)

    def _timeout_cb(self) -> None:
        self.hang_up()

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self.check_helo_needed():
            return
        if arg or not self.envelope.rcpt_tos:
            await self.push("501 Syntax: DATA" if arg else "503 Error: need RCPT command")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        self.is_taking_mail = True
        try:
            with tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(self.house.spool.folder.parent)) as mail:
                reply = await self._take_in(mail) or await self._keep(mail)
        finally:
            self.is_taking_mail = False
        per_recipient = len(self.envelope.rcpt_tos) if self.house.protocol == "lmtp" else 1
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push("\r\n".join([reply] * per_recipient))

    async def _take_in(self, mail: IO[bytes]) -> str | None:
        """Read the mail to its end, also one that is too large, else its rest would be read as commands."""
        dots, size, refusal = DotStream(), 0, None
        give_up_at = self.loop.time() + self.house.limits.mail_seconds
        while not dots.ended:
            arrived = await self._reader.read(READ_AT_ONCE)
            if not arrived:
                raise ConnectionResetError
            self._reset_timeout(min(self.house.limits.silence_seconds, max(0.01, give_up_at - self.loop.time())))
            piece = dots.feed(arrived)
            size += len(piece)
            if size > self.house.limits.size:
                refusal = TOO_LARGE
            if refusal is None:
                try:
                    mail.write(piece)
                except OSError as error:
                    refusal = FULL if error.errno in NO_ROOM else LATER
        # Commands may follow in the same packet (RFC 2920); the reader has no public way to put them back.
        self._reader._buffer[:0] = dots.rest
        return refusal

    async def _keep(self, mail: IO[bytes]) -> str:
        keep = self.loop.run_in_executor(self.house.threads, self._spool, mail)
        try:
            name = await asyncio.shield(keep)
        except asyncio.CancelledError:
            # The peer went away. The thread still reads the file, which must stay open until it is through.
            await asyncio.wait([keep])
            raise
        except SpoolFull:
            return FULL
        except SpoolUnavailable:
            return LATER
        return f"250 2.0.0 Kept as {name}"

    def _spool(self, mail: IO[bytes]) -> str:
        at = datetime.now(UTC)
        sender, peer = bare_address(self.envelope.mail_from), _host_of(self.session.peer)
        recipients = self.envelope.rcpt_tos
        head = stamp(
            sender=sender,
            recipients=recipients,
            helo=self.session.host_name or "",
            peer=peer,
            host=self.hostname,
            protocol=self._protocol_word(),
            mail_id=secrets.token_hex(8),
            at=at,
        )
        door, extra = self.house.protocol, {"tls": self._has_tls}
        envelope = envelope_of(to=recipients, sender=sender, door=door, received_at=at, peer=peer, extra=extra)
        mail.seek(0)
        return self.house.spool.put_stream(_pieces(head, mail), envelope=envelope)

    def _protocol_word(self) -> str:
        if self.house.protocol == "lmtp":
            return "LMTPS" if self._has_tls else "LMTP"
        if not self.session.extended_smtp:
            return "SMTP"
        return ("UTF8SMTP" if self.envelope.smtp_utf8 else "ESMTP") + ("S" if self._has_tls else "")

    @property
    def _has_tls(self) -> bool:
        return self._tls_protocol is not None


class SmtpConversation(_Conversation):
    pass


class LmtpConversation(_Conversation, LMTP):
    pass


class Busy(asyncio.Protocol):
    """What a peer gets to hear when all places are taken."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"421 4.3.2 Too many connections, try again later\r\n")
        transport.close()


def _pieces(head: bytes, mail: IO[bytes]) -> Iterator[bytes]:
    yield head
    while piece := mail.read(CHUNK):
        yield piece


def _host_of(peer: Any) -> str:
    return str(peer[0]) if isinstance(peer, tuple) and peer else "local"
