"""When the server answers: one line on stdout, once."""

import contextlib
import http.client
import os
import socket
import time
from collections.abc import Callable

HEALTH = "/api/v1/health"
_UNWELL = 503


def announce(door: socket.socket, then: Callable[[], None]) -> None:
    """Waits for the first good answer, prints the line and calls `then`."""
    host, port = door.getsockname()[:2]
    while not is_answering(_reachable(host), port):
        time.sleep(0.05)
    shown = f"[{host}]" if ":" in host else host
    with contextlib.suppress(OSError):
        os.write(1, f"ready http://{shown}:{port}\n".encode())
    then()


def is_answering(host: str, port: int, *, patience: float = 30.0) -> bool:
    """Any answer will do but one that says the server is unwell."""
    connection = http.client.HTTPConnection(host, port, timeout=patience)
    try:
        connection.request("GET", HEALTH, headers={"Host": "localhost"})
        return connection.getresponse().status != _UNWELL
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not listened on
