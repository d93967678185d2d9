"""The fake on a port of its own, for tests and for trying a real install out against it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from careline.domain.orders.gateways.fake.server import FakeStripe


@contextmanager
def standing(*, now: int, port: int = 0) -> Iterator[FakeStripe]:
    """Answers on 127.0.0.1 until the end; `now`: seconds, as its clock stands."""
    fake = FakeStripe(url="")

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _sign, words = self.path.partition("?")
            self._answer("GET", path, words)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            self._answer("POST", self.path, body)

        def _answer(self, method: str, path: str, form: str) -> None:
            answered = fake.answer(method, path, dict(self.headers), form, now=now)
            if answered.is_lost:
                self.close_connection = True
                return
            content = json.dumps(answered.said).encode()
            self.send_response(answered.status)
            for name, value in {
                **answered.headers,
                "Content-Type": "application/json",
                "Content-Length": str(len(content)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_said: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Asked)
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
