"""A connection to an outgoing mail server: opened, encrypted and logged in as the settings ask."""

from __future__ import annotations

import smtplib
import socket
import ssl

from careline.domain.channels.email.oauth import TokenRefused, TokenSource, xoauth2
from careline.domain.channels.email.route import LOOPBACK, RouteSettings


class RouteBroken(Exception):
    """No connection that could take a mail: the settings, the network or the server, in the server's words."""


def open_connection(settings: RouteSettings) -> smtplib.SMTP:
    """Connected, encrypted and logged in as the settings ask. Raises RouteBroken."""
    helo = settings.helo or socket.gethostname()
    context = None if settings.tls == "none" else _context(settings)
    client: smtplib.SMTP | None = None
    try:
        if settings.tls == "implicit":
            client = smtplib.SMTP_SSL(local_hostname=helo, timeout=settings.timeout, context=context)
        else:
            client = smtplib.SMTP(local_hostname=helo, timeout=settings.timeout)
        # smtplib takes the name for the certificate from here, and only its constructor sets it.
        client._host = settings.host  # type: ignore[attr-defined]
        _greet(client, settings, context)
        _log_in(client, settings)
    except (OSError, smtplib.SMTPException, TokenRefused, RouteBroken, UnicodeError, ValueError) as error:
        if client is not None:
            client.close()
        where = f"{settings.host}:{settings.port}"
        raise RouteBroken(f"The mail server {where} cannot be used: {words_of(error)}") from error
    return client


def _context(settings: RouteSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise RouteBroken(f"The certificates in {settings.ca_file} cannot be read: {error}") from error
    if not settings.verify or settings.tls == "optional":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _greet(client: smtplib.SMTP, settings: RouteSettings, context: ssl.SSLContext | None) -> None:
    code, reply = client.connect(settings.host, settings.port)
    if code != 220:
        raise RouteBroken(said(code, reply))
    assert client.sock is not None
    # Else the final dot, sent on its own, waits for the acknowledgement of the body.
    client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.ehlo_or_helo_if_needed()
    if settings.tls not in ("required", "optional"):
        return
    if client.has_extn("starttls"):
        client.starttls(context=context)
        client.ehlo_or_helo_if_needed()
    elif settings.tls == "required":
        raise RouteBroken("it offers no STARTTLS; use smtps:// or, if the network is safe, tls=none")


def _log_in(client: smtplib.SMTP, settings: RouteSettings) -> None:
    if not settings.user:
        return
    if not isinstance(client.sock, ssl.SSLSocket) and settings.tls != "none" and settings.host not in LOOPBACK:
        raise RouteBroken("it offers no encryption, and the password is not sent without; tls=none would allow it")
    if settings.token is None:
        client.login(settings.user, settings.password)
        return
    try:
        _bearer(client, settings.user, settings.token)
    except smtplib.SMTPAuthenticationError:
        # Tokens may be withdrawn before their time; a fresh one decides.
        settings.token.forget()
        _bearer(client, settings.user, settings.token)


def _bearer(client: smtplib.SMTP, user: str, source: TokenSource) -> None:
    first = xoauth2(user, source.token())
    client.auth("XOAUTH2", lambda challenge=None: first if challenge is None else "")


def said(code: int, reply: bytes) -> str:
    return f"{code} {' '.join(reply.decode('utf-8', 'replace').split())}".strip()


def words_of(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return said(error.smtp_code, reply if isinstance(reply, bytes) else str(reply).encode())
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__
