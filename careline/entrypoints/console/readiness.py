"""When the server answers: one line on stdout, once."""

import contextlib
import http.client
import os
import socket
import time
from collections.abc import Callable

HEALTH = "/api/v1/health"
SECONDS_UNTIL_A_LINE = 10.0


def announce(door: socket.socket, *, say: Callable[[str], None], then: Callable[[], None]) -> None:
    """Waits for the first answer that is no server's error, prints the line and calls `then`."""
    host, port = door.getsockname()[:2]
    began, next_line = time.monotonic(), SECONDS_UNTIL_A_LINE
    while not is_well(status := answer_of(_reachable(host), port)):
        if time.monotonic() - began > next_line:
            next_line *= 2
            say(f"not ready yet: {HEALTH} {f'answers {status}' if status else 'does not answer'}; still trying")
        time.sleep(0.05)
    shown = f"[{host}]" if ":" in host else host
    with contextlib.suppress(OSError):
        os.write(1, f"ready http://{shown}:{port}\n".encode())
    then()


def is_well(status: int) -> bool:
    return 0 < status < 500


def answer_of(host: str, port: int, *, patience: float = 30.0) -> int:
    """The status of the health page, 0 where there is no answer."""
    connection = http.client.HTTPConnection(host, port, timeout=patience)
    try:
        connection.request("GET", HEALTH, headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not listened on
