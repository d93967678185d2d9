"""What is answered beside Django's middleware carries its headers too."""

import asyncio
from typing import Any

from careline.config.asgi import application
from careline.kit.bridge import Bridge


def test_an_answer_of_the_live_doors_may_run_nothing() -> None:
    head = asyncio.run(_asked(application, path="/presence"))
    assert (head["status"], dict(head["headers"])) == (
        405,
        {
            b"cache-control": b"no-store",
            b"content-security-policy": b"default-src 'none'",
            b"x-content-type-options": b"nosniff",
        },
    )


def test_a_body_that_is_too_large_is_refused_under_the_same_headers() -> None:
    head = asyncio.run(_asked(Bridge(_nobody, max_body=lambda scope: 3), body=b"four"))
    told = dict(head["headers"])
    assert (head["status"], told[b"x-content-type-options"], told[b"content-security-policy"]) == (
        413,
        b"nosniff",
        b"default-src 'none'",
    )


def _nobody(environ: Any, start_response: Any) -> Any:
    raise AssertionError("It was not to be carried out.")


async def _asked(door: Any, *, path: str = "/", body: bytes = b"") -> dict[str, Any]:
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "http_version": "1.1",
        "headers": [(b"content-length", str(len(body)).encode())],
    }  # fmt: skip
    await door(scope, receive, send)
    return said[0]
