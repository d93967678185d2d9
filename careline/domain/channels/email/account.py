"""The OAuth2 account of a mailbox: one token source per mailbox and process, for its way in and its way out."""

from __future__ import annotations

import threading

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.commands import keep_secret
from careline.domain.channels.email.oauth import OAuthToken

_lock = threading.Lock()
_tokens: dict[int, tuple[str, OAuthToken]] = {}


def token_of(channel: ChannelRow) -> OAuthToken:
    """The same token source until the mailbox's settings change, so that a token is fetched once an hour and not per mail."""
    names = ("oauth_token_url", "oauth_client_id", "oauth_scope")
    stamp = repr([channel.settings.get(name, "") for name in names] + [channel.secrets.get("oauth_client_secret", "")])
    with _lock:
        held = _tokens.get(channel.id)
        if held is None or held[0] != stamp:
            held = _tokens[channel.id] = (stamp, _made(channel))
        return held[1]


def _made(channel: ChannelRow) -> OAuthToken:
    url, client, scope = (
        str(channel.settings.get(name, "")) for name in ("oauth_token_url", "oauth_client_id", "oauth_scope")
    )
    return OAuthToken(
        url,
        client,
        client_secret=channel.secrets.get("oauth_client_secret", ""),
        refresh_token=channel.secrets.get("oauth_refresh_token", ""),
        scope=scope,
        on_refresh=lambda token: keep_secret(channel.id, "oauth_refresh_token", token),
    )
