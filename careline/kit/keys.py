"""The key ring of an install: secrets with ids, from which a key for each purpose is derived (HKDF, RFC 5869).

The ring lives in the data folder as `keys.json` (0600) or comes from `CARELINE_SECRET_KEY`: one secret, or several
separated by blanks, the newest first. What an older key signed or encrypted stays readable; only the newest one writes.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FILE_NAME = "keys.json"
ID_LENGTH = 8
NONCE_LENGTH = 12
SHORTEST_SECRET = 16
FORMAT = b"\x01"


class KeysUnreadable(Exception):
    """The ring itself cannot be had; the message is one sentence with the mend."""


class CannotDecrypt(Exception):
    """This ring does not open that box: its key is not here (`key_id` says which), or the bytes were changed."""

    def __init__(self, sentence: str, *, key_id: str = "") -> None:
        super().__init__(sentence)
        self.key_id = key_id


@cache
def ring() -> KeyRing:
    """The ring of this process, read once. `ring.cache_clear()` forgets it."""
    data = Path(os.environ.get("CARELINE_DATA") or "careline-data")
    return KeyRing.load(data, os.environ.get("CARELINE_SECRET_KEY"))


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    secret: bytes

    @classmethod
    def made(cls) -> Key:
        return cls._of(secrets.token_bytes(32))

    @classmethod
    def from_words(cls, words: str) -> Key:
        if len(words) < SHORTEST_SECRET:
            raise KeysUnreadable(
                f"CARELINE_SECRET_KEY is too short: give it at least {SHORTEST_SECRET} characters, "
                "or leave it out and one is made in the data folder."
            )
        return cls._of(words.encode())

    @classmethod
    def _of(cls, secret: bytes) -> Key:
        """The id follows from the secret, so the same secret has the same id wherever it is kept."""
        return cls(_derived(secret, "key id")[: ID_LENGTH // 2].hex(), secret)


class KeyRing:
    def __init__(self, keys: tuple[Key, ...], *, path: Path | None = None) -> None:
        """`keys` newest first, at least one. `path` is the ring's own file, where it has one."""
        self._keys = keys
        self._path = path
        self._stamp = _stamp_of(path)
        self._derived: dict[tuple[str, str], bytes] = {}

    @classmethod
    def load(cls, data: Path, secret: str | None = None) -> KeyRing:
        """The ring of the data folder, made where absent. With `secret` that one writes; the folder's still read."""
        path = data / FILE_NAME
        given = tuple(Key.from_words(word) for word in (secret or "").split())
        if given:
            return cls(given + (_read(path) if path.exists() else ()))
        if not path.exists():
            _make(path)
        return cls(_read(path), path=path)

    @property
    def key_ids(self) -> list[str]:
        """Newest first."""
        return [key.id for key in self._keys]

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose, from the newest key."""
        return self._for(self._keys[0], f"derive {purpose}")

    def derive_all(self, purpose: str) -> list[bytes]:
        """The same from every key, newest first: for those who check against old ones too."""
        return [self._for(key, f"derive {purpose}") for key in self._keys]

    def sign(self, purpose: str, payload: bytes, *, length: int = 16) -> str:
        """`length` characters of lower-case base32, five bits each: survives in addresses."""
        return self._signature(self._keys[0], purpose, payload, length)

    def is_signed(self, purpose: str, payload: bytes, signature: str) -> bool:
        """Whether any key of the ring made this signature. The caller knows how long it must be."""
        if not signature.isascii() or not signature:
            return False
        return self._fits(purpose, payload, signature) or (self._reread() and self._fits(purpose, payload, signature))

    def encrypt(self, purpose: str, plain: bytes) -> bytes:
        """AES-256-GCM: format byte, key id, nonce, sealed bytes. The purpose is authenticated, not stored."""
        key, nonce = self._keys[0], secrets.token_bytes(NONCE_LENGTH)
        front = FORMAT + key.id.encode()
        cipher = AESGCM(self._for(key, f"encrypt {purpose}"))
        return front + nonce + cipher.encrypt(nonce, plain, front + purpose.encode())

    def decrypt(self, purpose: str, sealed: bytes) -> bytes:
        front, rest = sealed[: 1 + ID_LENGTH], sealed[1 + ID_LENGTH :]
        if front[:1] != FORMAT or len(rest) < NONCE_LENGTH:
            raise CannotDecrypt("These bytes were not sealed by Careline.")
        key = self._key_of(front[1:].decode("ascii", "replace"))
        try:
            cipher = AESGCM(self._for(key, f"encrypt {purpose}"))
            return cipher.decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], front + purpose.encode())
        except InvalidTag as broken:
            raise CannotDecrypt("The sealed bytes were changed or meant for something else.", key_id=key.id) from broken

    def rotate(self) -> None:
        """A new key writes from now on; the old ones still read. Other processes notice when they meet its work."""
        if self._path is None:
            raise KeysUnreadable('Put the new secret in front of the old one: CARELINE_SECRET_KEY="new old".')
        with _locked(self._path):
            keys = (Key.made(), *_read(self._path))
            _write(self._path, keys)
        self._keys, self._stamp = keys, _stamp_of(self._path)

    def written(self) -> bytes:
        """All keys as `keys.json` holds them, also those that came from the environment: for a backup that asks for them."""
        return _words_of(self._keys)

    def _fits(self, purpose: str, payload: bytes, signature: str) -> bool:
        made = [self._signature(key, purpose, payload, len(signature)) for key in self._keys]
        return True in {hmac.compare_digest(one, signature) for one in made}

    def _signature(self, key: Key, purpose: str, payload: bytes, length: int) -> str:
        digest = hmac.new(self._for(key, f"sign {purpose}"), payload, hashlib.sha256).digest()
        return base64.b32encode(digest).decode().lower()[:length]

    def _key_of(self, key_id: str) -> Key:
        for key in self._keys:
            if key.id == key_id:
                return key
        if self._reread():
            return self._key_of(key_id)
        raise CannotDecrypt(f"The key {key_id} is not in this install's key ring.", key_id=key_id)

    def _reread(self) -> bool:
        """True where another process has changed the file since, and the ring has been read anew."""
        stamp = _stamp_of(self._path)
        if self._path is None or stamp == self._stamp or stamp is None:
            return False
        self._keys, self._stamp = _read(self._path), stamp
        return True

    def _for(self, key: Key, purpose: str) -> bytes:
        slot = (key.id, purpose)
        if slot not in self._derived:
            self._derived[slot] = _derived(key.secret, purpose)
        return self._derived[slot]


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"careline", info=purpose.encode()).derive(secret)


def bring_back(path: Path, written: bytes) -> None:
    """Puts the keys of a backup on the ring of a folder; those that are there stay in front. Raises KeysUnreadable."""
    brought = _parsed(written, "The backup's key ring")
    with _locked(path):
        held = _read(path) if path.exists() else ()
        known = {key.id for key in held}
        _write(path, (*held, *(key for key in brought if key.id not in known)))


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(path):
        if not path.exists():
            _write(path, (Key.made(),))


def _read(path: Path) -> tuple[Key, ...]:
    try:
        return _parsed(path.read_bytes(), str(path))
    except OSError as cause:
        raise KeysUnreadable(f"{path} cannot be read ({cause.strerror}): let Careline's user read it.") from cause


def _parsed(written: bytes, name: str) -> tuple[Key, ...]:
    try:
        rows = json.loads(written)["keys"]
        keys = tuple(Key(row["id"], base64.b64decode(row["secret"], validate=True)) for row in rows)
    except (ValueError, KeyError, TypeError) as cause:
        raise KeysUnreadable(f"{name} is damaged: put it back from a backup made with --with-key.") from cause
    if not keys:
        raise KeysUnreadable(f"{name} holds no key: put it back from a backup made with --with-key.")
    return keys


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    """Whole or not at all, also when the power goes."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_words_of(keys))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _words_of(keys: tuple[Key, ...]) -> bytes:
    rows = [{"id": key.id, "secret": base64.b64encode(key.secret).decode()} for key in keys]
    return json.dumps({"version": 1, "keys": rows}, indent=1).encode()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with os.fdopen(os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp_of(path: Path | None) -> tuple[int, int] | None:
    """Which edition of the file this is: every writing makes a new inode."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns) if found else None
