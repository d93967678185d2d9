"""Whose channel a message belongs to, decided from addresses alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit, urlunsplit

from careline.domain.channels.adapter import ChannelRow


def channel_for(addresses: Iterable[str], channels: Sequence[ChannelRow]) -> ChannelRow | None:
    """The first channel that one of the addresses means; `support+anything@…` means `support@…`. Case does not count.

    A channel that answers by another one bears that one's address, and what is written to it is meant for the other.
    """
    by_address = {
        channel.address.lower(): channel
        for channel in channels
        if channel.address and not channel.settings.get("answers_by")
    }
    for address in addresses:
        found = by_address.get(address.lower()) or by_address.get(without_plus(address.lower()))
        if found is not None:
            return found
    return None


def without_plus(address: str) -> str:
    """`support+c12.x@example.com` → `support@example.com`."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def without_password(url: str) -> tuple[str, str]:
    """An address such as `smtps://user:password@host` without its password, and the password; empty where it has none."""
    try:
        parts = urlsplit(url)
        password = unquote(parts.password or "")
    except ValueError:
        return url, ""
    if not password:
        return url, ""
    user, _at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{host}")), password
