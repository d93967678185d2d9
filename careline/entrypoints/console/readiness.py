"""When the server answers: one line on stdout, once."""

import contextlib
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
    """The status of the health page, 0 where there is no answer. By hand: `http.client` would stay in the supervisor for good."""
    asked = f"GET {HEALTH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((host, port), patience) as knock, knock.makefile("rb") as answer:
            knock.sendall(asked.encode())
            words = answer.readline(200).split()
            return int(words[1]) if words[0].startswith(b"HTTP/") else 0
    except (OSError, ValueError, IndexError):
        return 0


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not listened on
