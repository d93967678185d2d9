"""Signatures of webhooks, against the vector that the makers of Standard Webhooks published and by the rule itself."""

import base64
import hashlib
import hmac
import json
from pathlib import Path

import pytest

from careline.domain.webhooks.rules.signatures import headers_of, secret_of, signature_of

SHARED = next((p / "shared/data/webhook_signatures/vectors.json" for p in Path(__file__).parents if (p / "shared/data").is_dir()), None)  # fmt: skip


def test_the_published_vector_comes_out() -> None:
    signed = signature_of(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", key="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=b'{"test": 2432232314}'
    )  # fmt: skip
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.skipif(SHARED is None, reason="the shared vectors are not here")
def test_every_vector_that_is_there_comes_out() -> None:
    vectors = [one for one in json.loads(SHARED.read_text()) if one["scheme"] == "standard-webhooks"]  # type: ignore[union-attr]
    assert vectors
    for one in vectors:
        made = signature_of(one["secret"], key=one["id"], timestamp=one["timestamp"], body=one["body"].encode())
        assert (made in one["signature"].split()) is one["valid"]


def test_signs_id_timestamp_and_body_with_what_stands_behind_the_prefix() -> None:
    secret = secret_of(b"k" * 32)
    assert secret == "whsec_" + base64.b64encode(b"k" * 32).decode()
    digest = hmac.new(b"k" * 32, 'msg_1.1700000000.{"a":"ä"}'.encode(), hashlib.sha256).digest()
    headers = headers_of(secrets=[secret], key="msg_1", timestamp=1700000000, body='{"a":"ä"}'.encode())
    assert headers == {
        "webhook-id": "msg_1", "webhook-timestamp": "1700000000", "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }  # fmt: skip


def test_two_secrets_make_two_signatures_the_newest_first() -> None:
    new, old = secret_of(b"n" * 32), secret_of(b"o" * 32)
    headers = headers_of(secrets=[new, old], key="msg_1", timestamp=1, body=b"{}")
    expected = [signature_of(secret, key="msg_1", timestamp=1, body=b"{}") for secret in (new, old)]
    assert headers["webhook-signature"].split(" ") == expected
