"""A chat server that does as it is told, also wrongly, and pages of other people's: what the widget must stand needs a network that can fail."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from careline.entrypoints.portal.widget.bundle import script

SITE = "0123456789abcdef0123456789abcdef"
OPEN_SITE = {
    "name": "Northwind Bikes", "greeting": None, "colour": "#3355d1", "languages": ["en", "de", "fr", "es", "ar"], "is_open": True,
    "opens_at": None, "expected_wait_seconds": 120, "has_preview": False, "help_site": None, "max_file_bytes": 1_000_000, "invitations": [],
    "pre_chat": [{"key": "name", "label": "Your name", "kind": "text", "is_required": True, "options": []},
                 {"key": "email", "label": "Mail address", "kind": "email", "is_required": False, "options": []}], "offline_form": [],
}  # fmt: skip


class FakeChat:
    """One site, one visitor, one thread. `breaks` drops every call while it is true; `loses` takes a call and drops its answer."""

    def __init__(self) -> None:
        self.site: dict[str, Any] = {**OPEN_SITE, "invitations": []}
        self.state, self.agent, self.queue, self.rating = "none", None, None, None
        self.messages: list[dict[str, Any]] = []
        self.fields: dict[str, str] = {}
        self.heard: list[tuple[str, str, Any]] = []
        self.suggestions: list[dict[str, str]] | None = None
        self.read_by_agent: str | None = None
        self.breaks, self.loses, self.refusal = False, 0, None
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.streams = self.files = 0
        self.told = threading.Condition()

    def says(self, text: str, *, by: str = "agent", name: str = "Ada", html: str | None = None, client_id: str | None = None,
             files: list[dict[str, Any]] | None = None) -> dict[str, Any]:  # fmt: skip
        message = {
            "id": str(len(self.messages) + 9), "from": by, "name": name, "text": text, "html": html, "files": files or [],
            "at": datetime.now(UTC).isoformat(), "client_id": client_id,
        }  # fmt: skip
        self.messages.append(message)
        self.tells("message", id=message["id"])
        return message

    def tells(self, event: str, /, **data: Any) -> None:
        with self.told:
            self.events.append((event, data))
            self.told.notify_all()

    def said(self) -> list[str]:
        return [message["text"] for message in self.messages if message["from"] == "visitor"]

    def thread(self, after: int = 0) -> dict[str, Any]:
        return {
            "state": self.state, "messages": [one for one in self.messages if int(one["id"]) > after], "queue": self.queue,
            "agent": self.agent, "read_by_agent": self.read_by_agent, "rating": self.rating, "has_more": False,
        }  # fmt: skip

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        place, _, asked = path.removeprefix("/chat/v1/").partition("?")
        if method == "GET" and place == f"sites/{SITE}":
            return 200, self.site
        if place.endswith("/visits"):
            thread = self.thread() if self.state != "none" else None
            return 200, {"visitor": "v" * 32, "thread": thread, "is_identified": False}
        if place == "threads":
            return self._started(body)
        if place == "thread/messages":
            return self._written(body)
        if place == "thread/files":
            self.files += 1
            return 201, {"id": f"f{self.files}", "name": "photo.png", "size": 3, "type": "image/png"}
        if place == "thread/rating":
            self.rating = body
        if place == "thread/end":
            self.state = "ended"
        after = asked.removeprefix("after=") if asked.startswith("after=") else "0"
        return 200, self.thread(int(after)) if place == "thread" else {}

    def _started(self, body: Any) -> tuple[int, Any]:
        self.fields = body["fields"]
        self.state = "waiting" if self.state == "none" else self.state
        return (200 if self._is_there(body) else 201), self._kept(body) and self.thread()

    def _written(self, body: Any) -> tuple[int, Any]:
        if self.refusal:
            return 422, {"detail": self.refusal}
        return (200, self._kept(body)) if self._is_there(body) else (201, self._kept(body))

    def _is_there(self, body: Any) -> bool:
        return any(one["client_id"] == body["client_id"] for one in self.messages)

    def _kept(self, body: Any) -> dict[str, Any]:
        there = [one for one in self.messages if one["client_id"] == body["client_id"]]
        return there[0] if there else self.says(body["text"], by="visitor", name="Carol", client_id=body["client_id"])


class _Chat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    chat: FakeChat

    def log_message(self, *_words: Any) -> None: ...

    def do_OPTIONS(self) -> None:
        if not self.chat.breaks:
            self._send(204, b"")
        else:
            self.close_connection = True

    def do_GET(self) -> None:
        if self.path == "/chat/widget.js":
            self._send(200, script().content, "text/javascript")
        elif self.path == "/chat/v1/live" and not self.chat.breaks:
            self._stream()
        else:
            self._called()

    def do_POST(self) -> None:
        self._called()

    do_PUT = do_POST

    def _called(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.chat.breaks:
            self.close_connection = True
            return
        if self.path.startswith("/help/suggestions"):
            found = self.chat.suggestions
            self._send(*((404, b"") if found is None else (200, json.dumps({"items": found}).encode())))
            return
        is_json = "json" in (self.headers.get("Content-Type") or "")
        body = json.loads(raw) if raw and is_json else {}
        status, told = self.chat.answer(self.command, self.path, body)
        self.chat.heard.append((self.command, self.path.removeprefix("/chat/v1/"), body))
        if self.chat.loses and self.command == "POST" and "visits" not in self.path and "typing" not in self.path:
            self.chat.loses -= 1
            self.close_connection = True
            return
        self._send(status, json.dumps(told).encode())

    def _stream(self) -> None:
        """Ends where `breaks` says so, as a lost network does."""
        self.send_response(200)
        for name, value in (
            ("Content-Type", "text/event-stream"),
            ("Access-Control-Allow-Origin", "*"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        at = int(self.headers.get("Last-Event-ID") or len(self.chat.events))
        self.chat.streams += 1
        try:
            while not self.chat.breaks:
                with self.chat.told:
                    self.chat.told.wait(0.1)
                    due = self.chat.events[at:]
                for name, data in due:
                    at += 1
                    self.wfile.write(f"id: {at}\nevent: {name}\ndata: {json.dumps(data)}\n\n".encode())
                self.wfile.write(b"" if due else b":\n\n")
                self.wfile.flush()
        except OSError:
            pass
        finally:
            self.chat.streams -= 1

    def _send(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        cors = {
            "Origin": "*",
            "Headers": "Authorization, Content-Type, Last-Event-ID, Accept-Language",
            "Methods": "GET, POST, PUT",
        }
        for name, value in cors.items():
            self.send_header(f"Access-Control-Allow-{name}", value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def chat_server() -> Iterator[tuple[FakeChat, str]]:
    chat = FakeChat()
    with served(type("Chat", (_Chat,), {"chat": chat})) as url:
        yield chat, url
        chat.breaks = True


@contextmanager
def shop(
    chat_url: str, *, head: str = "", policy: str = "", body: str = "", site: str = SITE, scripts: int = 1
) -> Iterator[str]:
    """A plain page of somebody else's with the widget's line in it."""
    line = f'<script src="{chat_url}/chat/widget.js" data-site="{site}" async></script>'
    start = "<!doctype html><html lang=en><title>Shop</title><meta name=viewport content='width=device-width'>"
    page = f"{start}{head}<body><h1>Shop</h1>{body}{line * scripts}"

    class Shop(BaseHTTPRequestHandler):
        def log_message(self, *_words: Any) -> None: ...

        def do_GET(self) -> None:
            content = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy.replace("CHAT", chat_url))
            self.end_headers()
            self.wfile.write(content)

    with served(Shop) as url:
        yield url


def until(is_so: Any, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)
