"""Wrong settings are said before anything starts: one sentence each, with the mend."""

import os
from urllib.parse import urlsplit

from careline.entrypoints.console.refusal import Refusal

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def check_environment() -> None:
    """Looks at what a start would only trip over later. Raises Refusal."""
    for check in (_log, _public_url, _database_url, _secret_key, _smtp_url, _webhook_networks):
        check()


def _log() -> None:
    level = os.environ.get("CARELINE_LOG", "WARNING")
    if level not in LEVELS:
        raise Refusal(f"CARELINE_LOG is {level!r}; write {', '.join(LEVELS[:-1])} or {LEVELS[-1]}.")


def _public_url() -> None:
    url = os.environ.get("CARELINE_URL", "http://localhost")
    if not (url.startswith(("http://", "https://")) and _has_host(url)):
        raise Refusal(f"CARELINE_URL is {url!r}; write the public address, for example https://desk.example.com.")


def _database_url() -> None:
    url = os.environ.get("CARELINE_DATABASE_URL", "")
    if url.startswith(("postgresql://", "postgres://")) and not _has_port(url):
        raise Refusal("CARELINE_DATABASE_URL is no address; write postgresql://user:password@host:5432/name.")


def _secret_key() -> None:
    words = os.environ.get("CARELINE_SECRET_KEY", "")
    if not words:
        return
    from careline.kit.keys import Key, KeysUnreadable

    try:
        Key.from_words(words)
    except KeysUnreadable as wrong:
        raise Refusal(str(wrong)) from wrong


def _smtp_url() -> None:
    url = os.environ.get("CARELINE_SMTP_URL", "")
    if not url:
        return
    from careline.domain.channels.email.route import BadRoute, route_from

    try:
        route_from(url)
    except BadRoute as wrong:
        raise Refusal(f"CARELINE_SMTP_URL: {wrong}") from wrong


def _webhook_networks() -> None:
    words = os.environ.get("CARELINE_WEBHOOK_NETWORKS", "").replace(",", " ").split()
    if not words:
        return
    from careline.kit.outgoing_post import allowing

    try:
        allowing(words)
    except ValueError as wrong:
        raise Refusal(f"CARELINE_WEBHOOK_NETWORKS: {wrong}; write networks, for example 10.1.0.0/16.") from wrong


def _has_host(url: str) -> bool:
    return _has_port(url) and bool(urlsplit(url).hostname)


def _has_port(url: str) -> bool:
    """Whether the port, where there is one, is a number; also brackets that do not close are found here."""
    try:
        return urlsplit(url).port != -1
    except ValueError:
        return False
