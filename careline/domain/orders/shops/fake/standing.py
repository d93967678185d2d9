"""A fake shop on a port of its own, for tests and for trying a real install out against it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from careline.domain.orders.shops.fake.kept import FakeShop
from careline.domain.orders.shops.fake.secrets import KEY, SECRET, WEBHOOK_SECRET
from careline.domain.orders.shops.fake.shopify import ShopifyDialect
from careline.domain.orders.shops.fake.woocommerce import WooDialect

__all__ = ["KEY", "SECRET", "WEBHOOK_SECRET", "standing"]


@contextmanager
def standing(kind: str, *, port: int = 0, page: int = 250) -> Iterator[FakeShop]:
    """Answers on 127.0.0.1 until the end; `kind`: shopify or woocommerce."""
    fake = FakeShop(ShopifyDialect() if kind == "shopify" else WooDialect(), page=page)

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", b"")

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def _answer(self, method: str, body: bytes) -> None:
            path, _sign, words = self.path.partition("?")
            answered = fake.answer(method, path, dict(self.headers), dict(parse_qsl(words)), body)
            if answered.is_lost:
                self.close_connection = True
                return
            content = json.dumps(answered.said).encode()
            self.send_response(answered.status)
            more = {"Content-Type": "application/json", "Content-Length": str(len(content))}
            for name, value in (answered.headers | more).items():
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
