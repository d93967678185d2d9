"""Handing something to an address that a person gave, by the same rules as fetching: see outgoing_http.py.

No redirect is followed: what answers with one has not taken what it was given.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import httpcore

from careline.kit.outgoing_http import CheckedBackend, Refused, check_url, is_public, timeouts_of


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side said: its status, the header Retry-After, and the beginning of its answer as text."""

    status: int
    retry_after: str
    beginning: str


def post(
    url: str, *, body: bytes, headers: Mapping[str, str], seconds: float, most_bytes: int, allowed: Callable[[str], bool] = is_public
) -> Answered:  # fmt: skip
    """Posts the body once, over within `seconds` whatever the other side does. Raises Refused where it gave no status.

    `allowed` judges each address that the name leads to. Of the answer no more than `most_bytes` are read; one that
    breaks off after its status counts as given.
    """
    url = check_url(url, any_port=True)
    backend = CheckedBackend(allowed, ends_at=time.monotonic() + seconds)
    sent = [(name.encode("ascii"), words.encode("ascii")) for name, words in headers.items()]
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
            pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": timeouts_of(seconds)}) as response,
        ):  # fmt: skip
            said = dict(response.headers)
            retry_after = next((said[name].decode("latin-1") for name in said if name.lower() == b"retry-after"), "")
            return Answered(response.status, retry_after, _beginning(response, most_bytes))
    except httpcore.TimeoutException as error:
        raise Refused(f"It did not answer within {seconds:.0f} s.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise Refused(f"It could not be reached: {_words_of(error)}.") from error
    except UnicodeError as error:
        raise Refused("It is no address.") from error


def allowing(networks: Sequence[str]) -> Callable[[str], bool]:
    """Judges addresses: public ones, and those of networks that whoever runs this install has named. Raises ValueError."""
    named = [ipaddress.ip_network(words) for words in networks]

    def is_allowed(address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        return is_public(address) or any(ip.version == network.version and ip in network for network in named)

    return is_allowed


def _beginning(response: httpcore.Response, most_bytes: int) -> str:
    content = bytearray()
    try:
        for chunk in response.iter_stream():
            content += chunk
            if len(content) >= most_bytes:
                break
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
        pass  # what it said before it broke off is all there is
    return bytes(content[:most_bytes]).decode("utf-8", "replace").replace("\x00", "\ufffd")


def _words_of(error: Exception) -> str:
    words = str(error).strip().rstrip(".")
    return f"{type(error).__name__} ({words})" if words else type(error).__name__
