"""Asking a program of others by the same rules as fetching (outgoing_http.py): checked addresses, no redirects, over in time.

Unlike a webhook, what it answers is wanted whole: one that breaks off may have done what was asked, and nobody knows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpcore

from careline.kit.outgoing_http import CheckedBackend, Refused, check_url, is_public, timeouts_of


class Unanswered(Exception):
    """It may have been done or not: no whole answer came. One sentence."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    retry_after: str
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in small letters."""


def call(
    method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str], seconds: float = 20.0, most_bytes: int = 1_000_000,
    allowed: Callable[[str], bool] = is_public,
) -> Answer:  # fmt: skip
    """Asks once. Raises Refused where it certainly never arrived, Unanswered where nobody knows."""
    url = check_url(url, any_port=True)
    backend = CheckedBackend(allowed, ends_at=time.monotonic() + seconds)
    sent = [(name.encode("ascii"), words.encode("ascii")) for name, words in headers.items()]
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
            pool.stream(method, url, headers=sent, content=body, extensions={"timeout": timeouts_of(seconds)}) as response,
        ):  # fmt: skip
            content = bytearray()
            for chunk in response.iter_stream():
                content += chunk
                if len(content) > most_bytes:
                    raise Unanswered("Its answer was too large.")
            said = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
            return Answer(response.status, said.get("retry-after", ""), bytes(content), said)
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.UnsupportedProtocol) as error:
        raise Refused(f"It could not be reached: {type(error).__name__}.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise Unanswered(f"It did not answer: {type(error).__name__}.") from error
