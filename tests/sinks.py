"""A mail server that only listens: records what it is sent, in memory or in a folder, and fails on order.

    with SmtpSink() as sink:
        sink.on("RCPT", "550 5.1.1 unknown", recipient="carol@example.com")
        sink.on("DOT", DROP)
        ... send to sink.host, sink.port ...
        sink.received[0].raw

For fault tests in a process of its own: `python -m tests.sinks --port 2525 --folder DIR` prints `ready HOST:PORT`; each
mail lies in DIR as an entry of careline.kit.spool, durable before it is answered.
"""

import argparse
import asyncio
import json
import os
import random
import ssl
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

from careline.kit.spool import Spool

DROP = "drop the connection"
KEEP_AND_DROP = "take the mail, then drop the connection before the answer"
HANG = "never answer"
PHASES = ("CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "MIDDLE", "DOT", "RSET")


@dataclass(frozen=True)
class Slow:
    """Answer as usual, but after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Taken:
    mail_from: str
    recipients: list[str]
    raw: bytes
    tls: bool
    login: str | None


@dataclass
class Order:
    phase: str
    act: object
    times: int | None
    recipient: str | None


@dataclass
class SmtpSink:
    """`login` = (user, password) asks for AUTH PLAIN, LOGIN or, with the password as token, XOAUTH2."""

    folder: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    login: tuple[str, str] | None = None
    drop_after_dot: float = 0.0
    refuse_for_now: float = 0.0
    seed: int = 0
    received: list[Taken] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self):
        self._orders = deque()
        self._chance = random.Random(self.seed)
        self._spool = Spool(self.folder) if self.folder else None

    def on(self, phase, act, *, times=1, recipient=None):
        """At the next `times` (None: always) of `phase`, do `act`: a reply line, DROP, KEEP_AND_DROP, HANG or Slow.

        MIDDLE is after the first bytes of the mail, DOT when all of it has come.
        """
        assert phase in PHASES
        self._orders.append(Order(phase, act, times, recipient))

    def start(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def stop(self):
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    __enter__ = start

    def __exit__(self, *error):
        self.stop()

    async def _listen(self):
        implicit = self.tls if self.implicit_tls else None
        return await self._loop.create_server(lambda: _Session(self), self.host, self.port, ssl=implicit)

    async def _close(self):
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def order_for(self, phase, recipient=None):
        for order in self._orders:
            if order.phase == phase and order.recipient in (None, recipient) and order.times != 0:
                if order.times is not None:
                    order.times -= 1
                return order.act
        if phase == "DOT" and self._chance.random() < self.drop_after_dot:
            return KEEP_AND_DROP
        if phase == "DOT" and self._chance.random() < self.refuse_for_now:
            return "451 4.3.0 try again later"
        return None

    def take(self, taken):
        self.received.append(taken)
        if self._spool:
            self._spool.put(taken.raw, envelope={"from": taken.mail_from, "to": taken.recipients})

    def check(self, mechanism, user, secret):
        return self.login == (user, secret)


class _Session(SMTP):
    line_length_limit = 1 << 20

    def __init__(self, sink):
        self.sink = sink
        super().__init__(
            _Hooks(sink),
            data_size_limit=100 << 20,
            enable_SMTPUTF8=True,
            hostname="sink.example",
            tls_context=None if sink.implicit_tls else sink.tls,
            auth_required=bool(sink.login),
            auth_require_tls=False,
            auth_exclude_mechanism=None if sink.login else ["LOGIN", "PLAIN", "XOAUTH2"],
            authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
                success=sink.check(mechanism, data.login.decode(), data.password.decode()),
                handled=False,
                auth_data=data,
            ),
        )
        self.loop = asyncio.get_running_loop()

    def drop(self):
        self._original_transport and self._original_transport.abort()
        self.transport.abort()

    async def obey(self, phase, recipient=None):
        """The reply line an order names, or None where all goes its usual way."""
        act = self.sink.order_for(phase, recipient)
        if act in (DROP, KEEP_AND_DROP):
            self.drop()
            raise asyncio.CancelledError
        if act == HANG:
            await asyncio.Event().wait()
        if isinstance(act, Slow):
            await asyncio.sleep(act.seconds)
            return None
        return act

    async def _handle_client(self):
        self.sink.connections += 1
        if reply := await self.obey("CONNECT"):
            await self.push(reply)
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg):
        if self.envelope.rcpt_tos and (reply := await self.obey("DATA")):
            await self.push(reply)
            return
        if self.sink.order_for("MIDDLE") == DROP:
            await self.push("354 go on")
            await self._reader.read(10)
            self.drop()
            raise asyncio.CancelledError
        await super().smtp_DATA(arg)


class _Hooks:
    def __init__(self, sink):
        self.sink = sink

    async def handle_EHLO(self, server, session, envelope, hostname, lines):
        if reply := await server.obey("EHLO"):
            return [reply]
        session.host_name = hostname
        return [line for line in lines if line.strip() != "250-AUTH"]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if reply := await server.obey("MAIL"):
            return reply
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if reply := await server.obey("RCPT", address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_RSET(self, server, session, envelope):
        return await server.obey("RSET") or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        act = self.sink.order_for("DOT")
        login = getattr(session.auth_data, "login", b"").decode() if session.authenticated else None
        taken = Taken(envelope.mail_from.strip("<>"), envelope.rcpt_tos, envelope.content, bool(session.ssl), login)
        if act is None or act == KEEP_AND_DROP or isinstance(act, Slow):
            await asyncio.get_running_loop().run_in_executor(None, self.sink.take, taken)
        if act is not None:
            self.sink.on("DOT", act)
            self.sink._orders.rotate(1)
            if reply := await server.obey("DOT"):
                return reply
        return f"250 2.0.0 queued as {len(self.sink.received)}"

    async def auth_XOAUTH2(self, server, args):
        import base64

        from aiosmtpd.smtp import LoginPassword

        fields = dict(part.split("=", 1) for part in base64.b64decode(args[1]).decode().split("\x01") if part)
        if self.sink.check("XOAUTH2", fields["user"], fields["auth"].removeprefix("Bearer ")):
            login = LoginPassword(fields["user"].encode(), b"")
            return AuthResult(success=True, auth_data=login)
        problem = json.dumps({"status": "400", "schemes": "Bearer"}).encode()
        await server.challenge_auth(problem.decode())
        return AuthResult(success=False, handled=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--drop-after-dot", type=float, default=0.0, help="share of mails taken but never answered")
    parser.add_argument("--refuse-for-now", type=float, default=0.0, help="share of mails answered 451")
    parser.add_argument("--seed", type=int, default=0)
    sink = SmtpSink(**vars(parser.parse_args())).start()
    print(f"ready {sink.host}:{sink.port}", flush=True)
    sys.stdin.read() if os.environ.get("SINK_UNTIL_EOF") else threading.Event().wait()


if __name__ == "__main__":
    main()
