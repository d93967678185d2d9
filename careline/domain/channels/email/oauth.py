"""Short-lived tokens for mail servers that take no password (RFC 6749, SASL XOAUTH2 and RFC 7628)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

RENEW_BEFORE_SECONDS = 120


class TokenRefused(Exception):
    """The token server gave no token. The text is its own words; `permanent` where asking again cannot help."""

    def __init__(self, words: str, *, permanent: bool) -> None:
        super().__init__(words)
        self.permanent = permanent


class TokenSource(Protocol):
    def token(self) -> str: ...

    def forget(self) -> None: ...


@dataclass
class OAuthToken:
    """Access tokens from a refresh token, or from client credentials where there is none.

    `on_refresh` is told a new refresh token where the server rotates them, so that it can be stored.
    """

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""
    on_refresh: Callable[[str], None] | None = None
    timeout: float = 30.0
    _token: str = field(default="", init=False, repr=False)
    _good_until: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def token(self) -> str:
        """A token that is good for at least two minutes. Raises TokenRefused."""
        with self._lock:
            if not self._token or time.monotonic() > self._good_until - RENEW_BEFORE_SECONDS:
                self._fetch()
            return self._token

    def forget(self) -> None:
        """The mail server refused the token: fetch another next time."""
        with self._lock:
            self._token = ""

    def _fetch(self) -> None:
        import httpx  # costs 100 ms, and most mailboxes use a password

        try:
            reply = httpx.post(self.token_url, data=self._question(), timeout=self.timeout)
            found: Any = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise TokenRefused(f"No token from {self.token_url}: {error}", permanent=False) from error
        if not isinstance(found, dict) or not isinstance(found.get("access_token"), str):
            raise TokenRefused(_words(found, reply.status_code), permanent=reply.status_code in (400, 401, 403))
        self._token = found["access_token"]
        self._good_until = time.monotonic() + _lifetime(found.get("expires_in"))
        rotated = found.get("refresh_token")
        if isinstance(rotated, str) and rotated and rotated != self.refresh_token:
            self.refresh_token = rotated
            if self.on_refresh is not None:
                self.on_refresh(rotated)

    def _question(self) -> dict[str, str]:
        question = {"client_id": self.client_id, "client_secret": self.client_secret, "scope": self.scope}
        if self.refresh_token:
            question |= {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        else:
            question |= {"grant_type": "client_credentials"}
        return {name: value for name, value in question.items() if value}


def xoauth2(user: str, token: str) -> str:
    """The SASL XOAUTH2 first message, not yet base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def _words(found: Any, status: int) -> str:
    if isinstance(found, dict) and found.get("error"):
        return f"The token server refused: {found['error']} {found.get('error_description', '')}".strip()
    return f"The token server answered {status} without a token"


def _lifetime(expires_in: Any) -> float:
    try:
        return float(expires_in)
    except (TypeError, ValueError):
        return 3600.0
