"""The bridge hands over whole requests only, and keeps no more of them than it has room for."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from careline.kit.bridge import Bridge

Answer = tuple[int, bytes]


class Application:
    """Says how long the body was, and keeps all it was given."""

    def __init__(self) -> None:
        self.given: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.given.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(len(self.given[-1])).encode()]


async def ask(bridge: Bridge, chunks: Sequence[bytes | None], *, length: int | None = None, path: str = "/") -> Answer:
    """Sends a body in chunks; None is a connection that breaks."""
    headers = [] if length is None else [(b"content-length", str(length).encode())]
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"", "http_version": "1.1",
        "headers": headers,
    }  # fmt: skip
    left = list(chunks)
    status, body = 0, b""

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        chunk = left.pop(0) if left else None
        return (
            {"type": "http.disconnect"}
            if chunk is None
            else {"type": "http.request", "body": chunk, "more_body": bool(left)}
        )

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, body
        status, body = message.get("status", status), body + message.get("body", b"")

    await bridge(scope, receive, send)
    return status, body


def test_a_whole_body_is_handed_over() -> None:
    application = Application()
    assert asyncio.run(ask(Bridge(application), [b"dear", b" Carol"])) == (200, b"10")
    assert application.given == [b"dear Carol"]


def test_a_body_that_broke_off_is_not_carried_out() -> None:
    application = Application()
    assert asyncio.run(ask(Bridge(application), [b"dear", None])) == (0, b"")
    assert application.given == []


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() -> None:
    application = Application()
    bridge = Bridge(application, max_body=lambda scope: 9 if scope["path"] == "/files" else 3)
    assert asyncio.run(ask(bridge, [b"dear"]))[0] == 413
    assert asyncio.run(ask(bridge, [b"d", b"e", b"a", b"r"], length=4))[0] == 413
    assert asyncio.run(ask(bridge, [b"dear"], path="/files")) == (200, b"4")
    assert application.given == [b"dear"]


def test_more_than_there_is_room_for_at_once_waits_outside() -> None:
    async def story() -> tuple[Answer, Answer]:
        bridge = Bridge(Application(), at_once=10)
        many = asyncio.create_task(ask(bridge, [b"x"] * 10 + [None]))
        while not bridge.held >= 8:
            await asyncio.sleep(0)
        refused = await ask(bridge, [b"yyyy"])
        await many
        return refused, await ask(bridge, [b"yyyy"])

    refused, later = asyncio.run(story())
    assert (refused[0], later) == (503, (200, b"4"))
