"""The root application: live events are answered here directly, everything else by Django through the bridge."""

from __future__ import annotations

from careline.config.wsgi import application as pages
from careline.entrypoints.live.stream import Live
from careline.kit.bridge import Bridge, Receive, Scope, Send

_bridge = Bridge(pages)
_live = Live()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live":
        await _live(scope, receive, send)
    elif scope["type"] == "http":
        await _bridge(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await _live.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await _live.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
