"""OpenID Connect Core 1.0, the authorization code flow with PKCE (RFC 7636), as a relying party."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpcore

from careline.kit.outgoing_http import CheckedBackend, Refused, check_url, is_public, timeouts_of

SECONDS = 10.0
MOST_BYTES = 256 * 1024
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key pair only: `none` and shared secrets are never taken."""
LEEWAY_SECONDS = 60


class ProviderBroken(Exception):
    """The provider does not answer, or not as it should. One sentence."""


@dataclass(frozen=True, slots=True)
class Relying:
    """We, as one provider knows us. `is_private` allows it to stand in our own network, which an administrator says."""

    issuer: str
    client_id: str
    secret: str
    redirect: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """From the provider's own description (OpenID Connect Discovery 1.0)."""

    authorization: str
    token: str
    keys: str


def places_of(relying: Relying) -> Places:
    """Raises ProviderBroken."""
    told = _asked(f"{relying.issuer.rstrip('/')}/.well-known/openid-configuration", relying)
    if str(told.get("issuer", "")).rstrip("/") != relying.issuer.rstrip("/"):
        raise ProviderBroken("The provider calls itself by another name than its issuer.")
    try:
        return Places(str(told["authorization_endpoint"]), str(told["token_endpoint"]), str(told["jwks_uri"]))
    except KeyError as missing:
        raise ProviderBroken(f"The provider does not say its {missing.args[0]}.") from missing


def address_to_ask(relying: Relying, places: Places, *, state: str, nonce: str, verifier: str) -> str:
    """Where the browser goes."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code", "client_id": relying.client_id, "redirect_uri": relying.redirect, "scope": "openid email profile",
        "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    if urlsplit(places.authorization).scheme not in ("https", "http"):
        raise ProviderBroken("The provider's sign-in page has no web address.")
    return f"{places.authorization}{'&' if '?' in places.authorization else '?'}{urlencode(asked)}"


def claims_from(relying: Relying, places: Places, *, code: str, nonce: str, verifier: str) -> dict[str, Any]:
    """What the provider vouches for, once its signature, issuer, audience, end and nonce are right. Raises ProviderBroken."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": relying.redirect, "code_verifier": verifier,
    }  # fmt: skip
    basic = base64.b64encode(f"{quote(relying.client_id)}:{quote(relying.secret)}".encode())
    told = _asked(places.token, relying, form=form, basic=basic)
    return _verified(str(told.get("id_token", "")), _asked(places.keys, relying), relying, nonce=nonce)


def _verified(token: str, keys: dict[str, Any], relying: Relying, *, nonce: str) -> dict[str, Any]:
    import jwt

    try:
        header = jwt.get_unverified_header(token)
        known = [
            key for key in jwt.PyJWKSet.from_dict(keys).keys if header.get("kid") in (None, key.key_id) and _signs(key)
        ]
        if len(known) != 1:
            raise ProviderBroken("The provider signed with a key that it does not publish.")
        # Its end is real time, as sessions are: a provider knows no test clock.
        claims: dict[str, Any] = jwt.decode(
            token, known[0].key, algorithms=ALGORITHMS, audience=relying.client_id, issuer=relying.issuer, leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise ProviderBroken("What the provider signed is not right.") from error
    if claims.get("nonce") != nonce:
        raise ProviderBroken("What the provider signed is not for this sign-in.")
    return claims


def _signs(key: Any) -> bool:
    return key.public_key_use in (None, "sig") and key.key_type != "oct"


def _asked(url: str, relying: Relying, *, form: dict[str, str] | None = None, basic: bytes = b"") -> dict[str, Any]:
    allowed: Callable[[str], bool] = (lambda _: True) if relying.is_private else is_public
    headers = [(b"Accept", b"application/json"), (b"User-Agent", b"Careline")]
    body = urlencode(form).encode() if form is not None else b""
    if form is not None:
        headers += [
            (b"Content-Type", b"application/x-www-form-urlencoded"),
            (b"Content-Length", str(len(body)).encode()),
        ]
        headers.append((b"Authorization", b"Basic " + basic))
    try:
        url = check_url(url, any_port=True)
        if urlsplit(url).scheme != "https" and not relying.is_private:
            raise Refused("Only https is asked.")
        backend = CheckedBackend(allowed, ends_at=time.monotonic() + SECONDS)
        with (
            httpcore.ConnectionPool(network_backend=backend) as pool,
            pool.stream(
                "POST" if form is not None else "GET", url, headers=headers, content=body, extensions={"timeout": timeouts_of(SECONDS)}
            ) as response,
        ):  # fmt: skip
            return _read(response)
    except Refused as error:
        raise ProviderBroken(f"The provider can't be asked. {error}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.UnsupportedProtocol) as error:  # fmt: skip
        raise ProviderBroken("The provider does not answer.") from error


def _read(response: httpcore.Response) -> dict[str, Any]:
    if response.status != 200:
        raise ProviderBroken(f"The provider answered {response.status}.")
    content = b""
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise ProviderBroken("The provider's answer is too large.")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ProviderBroken("The provider's answer is no JSON.") from error
    if not isinstance(told, dict):
        raise ProviderBroken("The provider's answer is no JSON object.")
    return told
