"""How mail leaves: the settings of one way out, read from a URL such as CARELINE_SMTP_URL or a mailbox's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from careline.domain.channels.email.oauth import TokenSource

Tls = Literal["implicit", "required", "optional", "none"]

PORTS: dict[str, int] = {"implicit": 465, "required": 587, "optional": 587, "none": 25}
EXAMPLE = "smtp://user:password@mail.example.com:587"
KNOWN = "tls, verify, timeout, answer_timeout, helo and ca"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class BadRoute(ValueError):
    """The settings make no way out. The text is one sentence that says which part, and how it should look."""


@dataclass(frozen=True, slots=True)
class RouteSettings:
    """`tls` required and optional speak of STARTTLS; optional takes any certificate. With `token` the login is XOAUTH2.

    `answer_timeout`: seconds to wait for the answer to a whole mail; giving up early makes its fate uncertain, so it is
    the ten minutes of RFC 5321, 4.5.3.2.6.
    """

    host: str
    port: int
    tls: Tls = "required"
    verify: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    token: TokenSource | None = field(default=None, repr=False)
    timeout: float = 60.0
    answer_timeout: float = 600.0
    helo: str = ""
    ca_file: str = ""


def route_from(url: str) -> RouteSettings:
    """smtp://user:password@host:587?tls=required|optional|none&verify=yes|no&ca=FILE&timeout=60&answer_timeout=600&helo=NAME

    or smtps://… with the same options but tls.
    smtp:// asks for STARTTLS unless the host is this machine; smtps:// speaks TLS from the first byte. Raises BadRoute.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError as error:
        raise BadRoute(f"The way out for mail is no address ({error}); write {EXAMPLE}.") from None
    if parts.scheme not in ("smtp", "smtps"):
        raise BadRoute(f"The way out for mail must begin with smtp:// or smtps://, for example {EXAMPLE}.")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadRoute(f"The port in the way out for mail is no number from 1 to 65535; write {EXAMPLE}.") from None
    if not host:
        raise BadRoute(f"The way out for mail names no server; write {EXAMPLE}.")
    if parts.path not in ("", "/") or parts.fragment:
        raise BadRoute(
            "The way out for mail goes on behind the server's name; write / # ? in a password as %2F %23 %3F."
        )
    options = _options(parts.query)
    tls = _tls(parts.scheme, host, options.pop("tls", None))
    settings = RouteSettings(
        host=host,
        port=port or PORTS[tls],
        tls=tls,
        verify=_yes(options.pop("verify", "yes")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        timeout=_seconds("timeout", options.pop("timeout", "60")),
        answer_timeout=_seconds("answer_timeout", options.pop("answer_timeout", "600")),
        helo=options.pop("helo", ""),
        ca_file=options.pop("ca", ""),
    )
    if options:
        raise BadRoute(f"The way out for mail does not know {min(options)!r}; it knows {KNOWN}.")
    return settings


def _options(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def _tls(scheme: str, host: str, asked: str | None) -> Tls:
    if scheme == "smtps":
        if asked not in (None, "implicit"):
            raise BadRoute("smtps:// always speaks TLS; leave tls= out, or write smtp:// for STARTTLS.")
        return "implicit"
    if asked is None:
        return "optional" if host in LOOPBACK else "required"
    for known in ("required", "optional", "none"):
        if asked == known:
            return known
    raise BadRoute(f"tls={asked} is unknown in the way out for mail; write required, optional or none.")


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise BadRoute(f"verify={text} is unknown in the way out for mail; write yes or no.")
    return text == "yes"


def _seconds(name: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 3600:
        raise BadRoute(f"{name}={text} in the way out for mail must be between 1 and 3600 seconds.")
    return seconds
