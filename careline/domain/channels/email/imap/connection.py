"""A mailbox opened: connected, encrypted, logged in, folder selected."""

from __future__ import annotations

import contextlib
import socket
import ssl
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from careline.domain.channels.email.imap.shape import ImapSettings
from careline.domain.channels.email.oauth import TokenSource

CONNECT_SECONDS = 20.0
KEEP_ALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 20), ("TCP_KEEPCNT", 4))


class Line(IMAPClient):  # type: ignore[misc]
    """IDLE that also sees what came in one packet with the server's consent to it.

    IMAPClient then polls the socket while the news lies read in a buffer, and would sleep on it until the next mail.
    """

    _looks_first = False

    def idle(self) -> None:
        super().idle()
        self._looks_first = True

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Any:
        return self._first_look() or super()._poll_socket(sock, timeout)

    def _select_poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Any:
        return self._first_look() or super()._select_poll_socket(sock, timeout)

    def _first_look(self) -> bool:
        first, self._looks_first = self._looks_first, False
        return first


def connect(settings: ImapSettings) -> IMAPClient:
    """Logged in. Raises OSError, ssl.SSLError, IMAPClientError, LoginError or TokenRefused."""
    context = None if settings.tls == "none" else _context(settings)
    implicit = settings.tls == "implicit"
    client = Line(
        settings.host,
        port=settings.port or (993 if implicit else 143),
        ssl=implicit,
        ssl_context=context if implicit else None,
        timeout=SocketTimeout(min(CONNECT_SECONDS, settings.timeout), settings.timeout),
    )
    try:
        if settings.tls == "required":
            client.starttls(context)
        _keep_alive(client.socket())
        _log_in(client, settings)
    except BaseException:
        hang_up(client)
        raise
    return client


def hang_up(client: IMAPClient) -> None:
    with contextlib.suppress(Exception):
        client.shutdown()


def words_of(error: BaseException) -> str:
    """The server's words, without the wrapping that libraries put around them."""
    if isinstance(error, TimeoutError):
        return "The mail server did not answer in time."
    plain = error.strerror if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) else None
    text = " ".join((plain or str(error)).split()) or type(error).__name__
    if text.startswith(("b'", 'b"')) and text.endswith(("'", '"')):
        text = text[2:-1]
    return text


def _context(settings: ImapSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.ca_file or None)
    if not settings.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _keep_alive(sock: socket.socket) -> None:
    """A mailbox may be silent for hours; the system notices a line that was cut."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEP_ALIVE:
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _log_in(client: IMAPClient, settings: ImapSettings) -> None:
    if settings.token is None:
        client.login(settings.user, settings.password)
        return
    try:
        _bearer(client, settings, settings.token)
    except LoginError:
        # Tokens may be withdrawn before their time; a fresh one decides.
        settings.token.forget()
        _bearer(client, settings, settings.token)


def _bearer(client: IMAPClient, settings: ImapSettings, source: TokenSource) -> None:
    if settings.mechanism == "OAUTHBEARER":
        client.oauthbearer_login(settings.user, source.token())
    else:
        client.oauth2_login(settings.user, source.token())
