"""Single sign-on, against a provider that runs on this machine."""

from __future__ import annotations

import base64
import hashlib
import hmac as hmac_of
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.providers import ProviderSettings, providers, save_provider
from careline.domain.staff.queries import agent_by_email
from careline.entrypoints.web.access import sso
from careline.kit import db
from careline.kit.oidc import places_of
from tests.authenticators import Provider
from tests.world import NOON, World


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with Provider().running() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, world: World) -> Provider:
    running.claims = {"sub": "ada-1", "email": "Ada@Northwind.example", "email_verified": True, "name": "Ada"}
    running.signing, running.algorithm, running.audience, running.lifetime = running.key, "RS256", "careline", 300
    running.forms.clear()
    setting(running)
    return running


def setting(provider: Provider, code: str | None = None, **more: Any) -> str:
    given = {
        "name": "Northwind",
        "issuer": provider.issuer,
        "client_id": "careline",
        "secret": "it is secret",
        "is_private": True,
    }
    return save_provider(code, ProviderSettings(**(given | more)), by=SYSTEM, at=NOON)


def go(provider: Provider, browser: Client, **changes: str) -> Any:
    sent = browser.get("/sso/northwind?next=/customers")
    assert sent.status_code == 302, sent.content.decode()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
    provider.nonce, provider.challenge = asked["nonce"], asked["code_challenge"]
    return browser.get("/sso/northwind/return", {"code": "a code", "state": asked["state"]} | changes)


def told(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_whom_the_provider_vouches_for_is_in(provider: Provider, world: World) -> None:
    browser = Client()
    assert go(provider, browser).headers["Location"] == "/customers"
    assert browser.get("/inbox").status_code == 200
    assert provider.forms[0]["redirect_uri"].endswith("/sso/northwind/return")
    assert db.value("SELECT data->>'how' FROM history WHERE name = 'agent.signed_in'") == "sso"
    assert "Sign in with Northwind" in Client().get("/login").content.decode()


def test_from_then_on_the_providers_own_name_says_who_it_is(provider: Provider, world: World) -> None:
    go(provider, Client())
    provider.claims |= {"email": "ben@northwind.example"}
    browser = Client()
    go(provider, browser)
    assert browser.get("/api/v1/me").json()["name"] == "Ada"
    provider.claims |= {"sub": "somebody else", "email": "ada@northwind.example"}
    assert "knows you by another name" in told(go(provider, Client()))


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email": ""}])
def test_a_mail_address_that_was_not_verified_says_nothing(provider: Provider, claims: dict[str, Any]) -> None:
    provider.claims |= claims
    assert "does not say that it verified" in told(go(provider, Client()))


def test_a_stranger_is_refused_or_added_with_the_named_role_of_the_named_domain(
    provider: Provider, world: World
) -> None:
    provider.claims = {"sub": "eve", "email": "eve@northwind.example", "email_verified": True, "name": "Eve"}
    assert "Nobody here has your mail address" in told(go(provider, Client()))
    setting(provider, "northwind", role="representative", domains=("northwind.example",), secret=None)
    assert go(provider, Client()).headers["Location"] == "/customers"
    eve = agent_by_email("eve@northwind.example")
    assert eve is not None
    assert (eve.role.code, eve.name) == ("representative", "Eve")
    provider.claims = {"sub": "mallory", "email": "mallory@evil.example", "email_verified": True}
    assert "are not taken" in told(go(provider, Client()))
    with pytest.raises(NotPossible, match="Name the mail domains"):
        setting(provider, "northwind", role="representative", domains=())


def test_whoever_left_stays_out(provider: Provider, world: World) -> None:
    from careline.domain.staff.commands import deactivate

    provider.claims |= {"sub": "ben", "email": "ben@northwind.example"}
    go(provider, Client())
    deactivate(world.ben, by=agent(world.ada.pk), at=NOON)
    assert "closed" in told(go(provider, Client()))


def test_what_comes_back_has_to_be_what_was_asked_in_this_browser(provider: Provider) -> None:
    assert "not begun here" in told(go(provider, Client(), state="another"))
    assert "not begun here" in told(Client().get("/sso/northwind/return", {"code": "x", "state": "y"}))
    browser = Client()
    assert go(provider, browser).status_code == 302
    again = browser.get("/sso/northwind/return", {"code": "a code", "state": "x"})
    assert again.status_code == 422, "good once"
    refused = Client()
    assert "did not let you in" in told(go(provider, refused, code=""))


@pytest.mark.parametrize("trick", ["nonce", "audience", "late", "other key", "none", "shared secret"])
def test_what_is_not_signed_as_it_must_be_is_refused(
    provider: Provider, trick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    if trick == "audience":
        provider.audience = "somebody else"
    elif trick == "late":
        provider.lifetime = -3600
    elif trick == "other key":
        provider.signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    elif trick == "none":
        provider.signing, provider.algorithm = None, "none"
    elif trick == "nonce":
        provider.claims |= {"nonce": "another"}
    elif trick == "shared secret":
        monkeypatch.setattr(provider, "token", lambda: _by_shared_secret(provider))
    assert "signed" in told(go(provider, Client()))


def _by_shared_secret(provider: Provider) -> str:
    """The public key taken for a shared secret: the old trick with HS256."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = provider.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    claims = {
        "iss": provider.issuer,
        "aud": "careline",
        "iat": 0,
        "exp": 2**40,
        "nonce": provider.nonce,
        **provider.claims,
    }
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"alg": "HS256", "kid": "one"}, claims)
    ]
    signature = hmac_of.new(public, ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, base64.urlsafe_b64encode(signature).decode().rstrip("=")])


def test_a_provider_in_our_own_network_is_asked_only_where_an_administrator_says_so(provider: Provider) -> None:
    with pytest.raises(NotPossible, match="https"):
        setting(provider, "northwind", is_private=False)
    hidden = "https" + provider.issuer.removeprefix("http")
    setting(provider, "northwind", issuer=hidden, is_private=False)
    assert "private network" in told(Client().get("/sso/northwind"))


def test_a_provider_that_is_away_or_not_in_use_is_told_so(provider: Provider) -> None:
    setting(provider, "northwind", issuer="http://127.0.0.1:9")
    assert "does not answer" in told(Client().get("/sso/northwind"))
    setting(provider, "northwind", is_active=False)
    assert "not in use" in told(Client().get("/sso/northwind"))
    assert told(Client().get("/sso/nobody"))
    assert "Northwind" not in Client().get("/login").content.decode()


def test_the_secret_is_kept_sealed_and_never_shown(provider: Provider, ada: Client) -> None:
    assert b"it is secret" not in bytes(db.value("SELECT secret FROM staff_identityprovider"))
    assert "it is secret" not in ada.get("/sign-on/northwind").content.decode()
    form = {
        "name": "Northwind",
        "issuer": provider.issuer,
        "client_id": "other",
        "secret": "",
        "is_private": "on",
        "is_active": "on",
    }
    assert ada.post("/sign-on/northwind", form).status_code == 302
    assert [row.client_id for row in providers()] == ["other"]
    provider.audience = "other"
    assert go(provider, Client()).status_code == 302


def test_a_provider_is_asked_once_however_often_somebody_knocks(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(sso, "_said", {})
    monkeypatch.setattr(sso, "places_of", lambda relying: asked.append(relying) or places_of(relying))
    assert [Client().get("/sso/northwind").status_code for _ in range(3)] == [302, 302, 302]
    assert len(asked) == 1
