"""Push as RFC 8291 and 8292 say it."""

from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from careline.kit import webpush

# RFC 8291, section 5 and appendix A.
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_message_is_sealed_as_the_rfc_s_example() -> None:
    key = ec.derive_private_key(int.from_bytes(webpush.bytes_of(SENDER), "big"), ec.SECP256R1())
    made = webpush.sealed(
        b"When I grow up, I want to be a watermelon", p256dh=RECEIVER, auth=SECRET, salt=webpush.bytes_of(SALT), key=key
    )
    assert webpush.words_of(made) == SEALED


def test_each_message_is_sealed_with_a_key_of_its_own() -> None:
    one, two = (webpush.sealed(b"The same", p256dh=RECEIVER, auth=SECRET) for _ in range(2))
    assert one[:16] != two[:16] and one[21:86] != two[21:86]


def test_the_signature_names_the_service_alone_and_runs_out_within_a_day() -> None:
    key = webpush.key_from(b"\x01" * 32)
    header = webpush.authorization(
        "https://push.example.com:444/send/abc?x=1", key=key, contact="mailto:a@example.com", at=AT
    )
    scheme, token, public = header.replace("t=", "").replace("k=", "").replace(",", "").split(" ")
    claims = jwt.decode(
        token, key.public_key(), algorithms=["ES256"], audience="https://push.example.com:444", options={"verify_exp": False}
    )  # fmt: skip
    assert (scheme, public) == ("vapid", webpush.public_words(webpush.key_from(b"\x01" * 32)))
    assert claims == {"aud": "https://push.example.com:444", "exp": int(AT.timestamp()) + 43_200, "sub": "mailto:a@example.com"}  # fmt: skip


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", ""), (RECEIVER, "short"), (RECEIVER[:-4], SECRET), ("A" * 87, SECRET), ("ü", SECRET), (RECEIVER, "%%")],
)
def test_what_are_no_keys_is_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(webpush.UnfitKeys):
        webpush.check_keys(p256dh=p256dh, auth=auth)
