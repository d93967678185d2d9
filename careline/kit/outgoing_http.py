"""Fetching what a stranger's address names, without ever reaching a machine of our own network.

Every name is resolved here, every one of its addresses must be a public one, and the connection goes to the address that
was checked (no second look-up that could answer differently); each redirect is checked anew.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

REDIRECTS = 4
PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """The address may not be fetched, or what it gives may not be shown. One sentence."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the media type without parameters, lower case, and the bytes."""

    media_type: str
    content: bytes


def fetch(
    url: str, *, most_bytes: int, media_types: Collection[str], seconds: float = 10.0, private: bool = False
) -> Fetched:
    """Fetches one address. Raises Refused for private addresses, other ports, redirects without end, wrong types and sizes.

    `seconds` is for all of it: who sends drop by drop is not waited for.
    `private` allows addresses of our own network: for tests, and for what an administrator has set himself.
    """
    backend = CheckedBackend(_anywhere if private else is_public, ends_at=time.monotonic() + seconds)
    with httpcore.ConnectionPool(network_backend=backend, max_connections=2) as pool:
        for _ in range(REDIRECTS + 1):
            url = check_url(url, any_port=private)
            try:
                with pool.stream(
                    "GET", url, headers=_headers(media_types), extensions={"timeout": timeouts_of(seconds)}
                ) as response:
                    if response.status in (301, 302, 303, 307, 308):
                        url = _joined(url, _header(response.headers, b"location"))
                        continue
                    return _checked(response, most_bytes=most_bytes, media_types=media_types)
            except (
                httpcore.NetworkError,
                httpcore.ProtocolError,
                httpcore.TimeoutException,
                httpcore.UnsupportedProtocol,
            ) as error:
                raise Refused(f"It could not be fetched: {type(error).__name__}.") from error
    raise Refused("It redirects without end.")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the whole internet: not private, local, link-local, reserved or mapped onto such."""
    ip: Any = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and (ip not in _GLOBAL_UNICAST or ip in _DOCUMENTATION):
            return False
        ip = inner or ip
    return bool(ip.is_global and not ip.is_multicast and ip not in _RELAYS and ip not in _PROTOCOLS)


def leads_elsewhere(host: str, *, allowed: Callable[[str], bool]) -> bool:
    """Whether a name leads, now, to an address that is not allowed; one that is not known leads nowhere."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return not all(allowed(str(info[4][0])) for info in found)


_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out (RFC 4291); what Python calls global holds local and mapped addresses besides."""
_DOCUMENTATION = ipaddress.ip_network("3fff::/20")
_RELAYS = ipaddress.ip_network("192.88.99.0/24")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
"""For the workings of networks (RFC 6890); Python 3.11 takes some of them for public."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_AS_IT_STANDS = "!#$%&'()*+,/:;=?@[]~"
_HEADERS = [(b"User-Agent", b"Careline"), (b"Accept-Encoding", b"identity")]


class CheckedBackend(httpcore.SyncBackend):
    """Connects only to addresses that are `allowed`, and until a moment (of `time.monotonic`)."""

    def __init__(self, allowed: Callable[[str], bool], *, ends_at: float) -> None:
        self._allowed = allowed
        self._ends_at = ends_at

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:  # fmt: skip
        address = self._resolved(host, port)
        stream = super().connect_tcp(address, port, _left(self._ends_at), local_address, socket_options)
        return _HurriedStream(stream, ends_at=self._ends_at)

    def _resolved(self, host: str, port: int) -> str:
        """The first address of a name whose addresses are all allowed: one private among them means a trick."""
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not all(self._allowed(address) for address in found):
            raise Refused("It lies in a private network.")
        return found[0]


class _HurriedStream(httpcore.NetworkStream):
    """A connection that is over at a moment, however many single reads that takes."""

    def __init__(self, stream: httpcore.NetworkStream, *, ends_at: float) -> None:
        self._stream = stream
        self._ends_at = ends_at

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._ends_at))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._ends_at))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._ends_at))
        return _HurriedStream(secured, ends_at=self._ends_at)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _anywhere(_: str) -> bool:
    return True


def _left(ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def check_url(url: str, *, any_port: bool) -> str:
    """The address as it is asked: letters beyond ASCII written as RFC 3987 says.

    Raises Refused for what is no http or https address that may be asked.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
        rest = [quote(part, safe=_AS_IT_STANDS) for part in (parts.path, parts.query)]
    except ValueError:
        raise Refused("It is no address.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused("Only http and https addresses are fetched.")
    if parts.username is not None:
        raise Refused("An address with a user in it is not fetched.")
    if port is not None and port != PORTS[parts.scheme] and not any_port:
        raise Refused("Only the usual ports are fetched.")
    if url.isascii():
        return url
    place = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, place if port is None else f"{place}:{port}", *rest, ""))


def _joined(url: str, further: str) -> str:
    try:
        return urljoin(url, further)
    except ValueError:
        raise Refused("It is no address.") from None


def _checked(response: httpcore.Response, *, most_bytes: int, media_types: Collection[str]) -> Fetched:
    if response.status != 200:
        raise Refused(f"The other server answered {response.status}.")
    media_type = _header(response.headers, b"content-type").partition(";")[0].strip().lower()
    if media_type not in media_types:
        raise Refused("It is not of a kind that is shown.")
    content = bytearray()
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > most_bytes:
            raise Refused("It is too large.")
    return Fetched(media_type, bytes(content))


def _headers(media_types: Collection[str]) -> list[tuple[bytes, bytes]]:
    return [(b"Accept", ", ".join(sorted(media_types)).encode()), *_HEADERS]


def timeouts_of(seconds: float) -> dict[str, float]:
    return {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}


def _header(headers: list[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")
