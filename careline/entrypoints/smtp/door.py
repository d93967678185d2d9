"""Where mail servers bring mail to us: one listening address, in a thread of the worker, every mail into the spool."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from careline.entrypoints.smtp.listening import DoorStuck
from careline.entrypoints.smtp.session import LARGEST_MAIL, Busy, House, Limits, LmtpConversation, SmtpConversation
from careline.kit.spool import Spool

GRACE_SECONDS = 5.0


class MailDoor:
    """SMTP or LMTP on `host`:`port` (0: any free one, see `address`), or on a socket that listens already.

    On SMTP only recipients that `accepts` knows are taken, as written or without their plus part; it is called in a
    thread and may be slow. On LMTP the mail server in front has decided, so every recipient is taken. A mail gets its
    250 once it is durable in `spool`.
    """

    def __init__(
        self,
        spool: Spool,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        protocol: Literal["smtp", "lmtp"],
        accepts: Callable[[str], bool],
        listening: socket.socket | None = None,
        max_size: int = LARGEST_MAIL,
        tls: ssl.SSLContext | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._host, self._port, self._tls, self._listening = host, port, tls, listening
        given = limits or Limits()
        self._house = House(
            spool=spool,
            protocol=protocol,
            accepts=accepts,
            limits=Limits(max_size, given.recipients, given.connections, given.silence_seconds, given.mail_seconds),
            threads=ThreadPoolExecutor(8, thread_name_prefix=f"{protocol}-door"),
            open_sessions=set(),
        )
        self._hostname = socket.gethostname()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"{protocol}-door", daemon=True)
        self.address: tuple[str, int] = (host, port)

    def start(self) -> None:
        """Return once the door is open. Raises DoorStuck."""
        # aiosmtpd writes every command, with its addresses, into the log.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self._thread.start()
        try:
            self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        except OSError as error:
            self._end_thread()
            where = f"{self._house.protocol.upper()} on {self._host}:{self._port}"
            raise DoorStuck(f"Cannot take {where}: {error.strerror or error}. Choose another port.") from error
        self.address = self._server.sockets[0].getsockname()[:2]

    def stop(self) -> None:
        """Take no new connection, let mails that are under way finish for a few seconds, hang up on the rest."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._end_thread()

    @property
    def connections(self) -> int:
        return len(self._house.open_sessions)

    async def _listen(self) -> asyncio.Server:
        if self._listening is not None:
            return await self._loop.create_server(self._conversation, sock=self._listening, backlog=512)
        return await self._loop.create_server(
            self._conversation, self._host, self._port, reuse_address=True, backlog=512
        )

    def _conversation(self) -> asyncio.Protocol:
        if len(self._house.open_sessions) >= self._house.limits.connections:
            return Busy()
        kind = LmtpConversation if self._house.protocol == "lmtp" else SmtpConversation
        return kind(self._house, hostname=self._hostname, tls_context=self._tls, loop=self._loop)

    async def _close(self) -> None:
        self._server.close()
        for session in list(self._house.open_sessions):
            if not session.is_taking_mail:
                session.hang_up("421 4.3.2 Closing for now")
        until = self._loop.time() + GRACE_SECONDS
        while self._house.open_sessions and self._loop.time() < until:
            await asyncio.sleep(0.02)
        for session in list(self._house.open_sessions):
            session.hang_up("421 4.3.2 Closing for now")
            if session.transport is not None:
                session.transport.abort()
        await asyncio.sleep(0)

    def _end_thread(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._house.threads.shutdown()
        self._loop.close()


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """For STARTTLS. Raises DoorStuck where the files are no certificate and its key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise DoorStuck(f"The certificate {certificate} with the key {key} cannot be used: {error}.") from error
    return context
