"""Other people's programs, on this machine: they take what they are sent, and answer as they are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Asked", BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def key(self) -> str:
        return self.headers["webhook-id"]


def answering(status: int = 200, body: bytes = b"ok", **headers: str) -> Reply:
    def reply(_: Asked, to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, words in headers.items():
            to.send_header(name.replace("_", "-"), words)
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    return reply


@dataclass
class Target:
    url: str
    asked: list[Asked] = field(default_factory=list)
    reply: Reply = field(default_factory=answering)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def names(self) -> list[str]:
        return [one.json["type"] for one in self.asked]


def hanging(target: Target) -> Reply:
    """Says nothing until the test is over."""
    return lambda asked, to: target.over.wait(30) and None


@contextmanager
def target() -> Iterator[Target]:
    class Program(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = Asked({name.lower(): words for name, words in self.headers.items()}, body)
            there.asked.append(asked)
            there.reply(asked, self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Program)
    server.daemon_threads = True
    there = Target(f"http://127.0.0.1:{server.server_port}/careline")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        there.over.set()
        server.shutdown()
        server.server_close()
