"""What the log says of an address that opens something by itself."""

from __future__ import annotations

import logging
import secrets

import pytest

from careline.config.logs import WithoutTokens


@pytest.mark.parametrize("rest", ["", "/", "/orders/1001", "?again=1"])
def test_the_log_of_a_failure_never_names_a_token(rest: str) -> None:
    token = secrets.token_urlsafe(16)
    said = logging.LogRecord("django.request", logging.ERROR, "", 1, "Failed: %s", (f"/my/link/{token}{rest}",), None)
    assert WithoutTokens().filter(said)
    assert said.getMessage() == f"Failed: /my/link/…{rest}"


def test_addresses_without_one_stay_as_they_are() -> None:
    said = logging.LogRecord("x", logging.ERROR, "", 1, "%s of %d", ("/conversations/12/unsubscriptions", 3), None)
    WithoutTokens().filter(said)
    assert said.getMessage() == "/conversations/12/unsubscriptions of 3"
