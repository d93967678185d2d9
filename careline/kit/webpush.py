"""Web push: a message sealed for one browser (RFC 8291, over RFC 8188) and signed as ours (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-4, D.1.2.3)."""
_SIGNED_FOR = timedelta(hours=12)
MOST_BYTES = 3000
"""Services take 4096 bytes sealed (RFC 8030, 7.2); seal, header and padding take their share."""


class UnfitKeys(ValueError):
    """What the browser gave are no keys of this kind."""


def key_from(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The same signing key for the same seed of 32 bytes."""
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def public_words(key: ec.EllipticCurvePrivateKey) -> str:
    """The public key as browsers take it: uncompressed, base64url."""
    return words_of(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def check_keys(*, p256dh: str, auth: str) -> None:
    """Raises UnfitKeys."""
    _receiver(p256dh, auth)


def sealed(
    content: bytes, *, p256dh: str, auth: str, salt: bytes | None = None, key: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body to be posted, Content-Encoding aes128gcm. `salt` and `key` are new each time; only tests give them."""
    receiver, secret = _receiver(p256dh, auth)
    once = key or ec.generate_private_key(ec.SECP256R1())
    made: bytes = http_ece.encrypt(
        content, salt=salt, private_key=once, dh=receiver, auth_secret=secret, version="aes128gcm"
    )
    return made


def authorization(endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, at: datetime) -> str:
    """The header Authorization for this service; `contact` is an https or mailto address of whoever sends."""
    import jwt  # 1.5 MB for good, which only an install whose people ask for pushes needs

    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + _SIGNED_FOR).timestamp()),
        "sub": contact,
    }
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={public_words(key)}"


def words_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def bytes_of(words: str) -> bytes:
    """Raises UnfitKeys."""
    try:
        return base64.urlsafe_b64decode(words.encode("ascii") + b"=" * (-len(words) % 4))
    except (ValueError, binascii.Error) as error:
        raise UnfitKeys("It is not base64url.") from error


def _receiver(p256dh: str, auth: str) -> tuple[bytes, bytes]:
    receiver, secret = bytes_of(p256dh), bytes_of(auth)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), receiver)
    except ValueError as error:
        raise UnfitKeys("It is no public key.") from error
    if len(receiver) != 65 or len(secret) != 16:
        raise UnfitKeys("The keys have not the right length.")
    return receiver, secret
