"""The root application: live events are answered here directly, everything else by Django through the bridge."""

from __future__ import annotations

import sys
from typing import Any

from careline.config.wsgi import application as pages
from careline.entrypoints.live.reporting import report
from careline.entrypoints.live.stream import Live
from careline.kit.bridge import Bridge, Receive, Scope, Send

_LARGE, _OF_FORMS, _SMALL = 80 << 20, 24 << 20, 1 << 20
_WITH_FILES = (
    "/conversations/",
    "/customer-imports",
    "/replies",
    "/articles/",
    "/settings/brands/",
    "/demo/letter",
    "/api/v1/",
    "/chat/v1/thread/files",
)


def _most_body(scope: Scope) -> int:
    """Files come with messages, over the API and with customers' forms; signing in and all the rest is small."""
    if scope["path"].startswith(("/forms/", "/my/requests/")):
        return _OF_FORMS
    return _LARGE if scope["path"].startswith(_WITH_FILES) else _SMALL


_bridge = Bridge(pages, max_body=_most_body)
# Pictures of the web are fetched while somebody waits: slow ones must not take the pages' threads.
_images = Bridge(pages, threads=3, max_body=_most_body)
# Visitors of other people's sites: many of them at once leave the agents' threads alone.
_visitors = Bridge(pages, threads=6, max_body=_most_body)
# A call is some thirty short statements, and after each its thread asks for the interpreter again: with Python's usual
# 5 ms a busy neighbour keeps it waiting thirty times over.
_SWITCH_SECONDS = 0.0005
_live = Live()
_NOTHING_TO_RUN = ((b"content-security-policy", b"default-src 'none'"), (b"x-content-type-options", b"nosniff"))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Whatever goes past Django's middleware gets its headers here."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live":
        await _live(scope, receive, _guarded(send))
    elif scope["type"] == "http" and scope["path"] == "/presence":
        await report(scope, receive, _guarded(send))
    elif scope["type"] == "http" and scope["path"] == "/chat/v1/live":
        await _live.visitors(scope, receive, _guarded(send))
    elif scope["type"] == "http" and scope["path"].startswith("/chat/v1/"):
        await _visitors(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/mail-images/"):
        await _images(scope, receive, send)
    elif scope["type"] == "http":
        await _bridge(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})


def end_streams() -> None:
    """We are about to stop: browsers come again by themselves."""
    _live.hub.close_all()
    _live.visitors.hub.close_all()


def _guarded(send: Send) -> Send:
    async def sent(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_NOTHING_TO_RUN]}
        await send(message)

    return sent


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            sys.setswitchinterval(_SWITCH_SECONDS)
            await _live.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await _live.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
