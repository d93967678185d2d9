"""A server that answers in place of somebody else's, on a port of this machine: for tests, and for trying a real install out."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol


class Answer(Protocol):
    """`said` as JSON. `is_lost`: it was done, and the line broke before the answer."""

    @property
    def status(self) -> int: ...
    @property
    def said(self) -> Any: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def is_lost(self) -> bool: ...


Answers = Callable[[str, str, str, dict[str, str], bytes], Answer]
"""(method, path, words behind the question mark, headers, body)"""


@contextmanager
def standing_in(answers: Answers, *, port: int = 0) -> Iterator[str]:
    """Its address, until the end."""

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", b"")

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def _answer(self, method: str, body: bytes) -> None:
            path, _sign, words = self.path.partition("?")
            answered = answers(method, path, words, dict(self.headers), body)
            if answered.is_lost:
                self.close_connection = True
                return
            content = json.dumps(answered.said).encode()
            self.send_response(answered.status)
            more = {"Content-Type": "application/json", "Content-Length": str(len(content))}
            for name, value in {**answered.headers, **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_said: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Asked)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
