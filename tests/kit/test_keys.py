import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from careline.kit import keys
from careline.kit.keys import CannotDecrypt, KeyRing, KeysUnreadable

WORDS = "a secret long enough".replace(" ", "-")


def test_makes_a_ring_in_an_empty_folder_that_only_its_owner_reads(tmp_path: Path):
    data = tmp_path / "not" / "there yet"
    ring = KeyRing.load(data)
    assert stat.S_IMODE((data / "keys.json").stat().st_mode) == 0o600
    assert KeyRing.load(data).key_ids == ring.key_ids
    assert KeyRing.load(data).derive("x") == ring.derive("x")


def test_two_installs_have_different_keys(tmp_path: Path):
    assert KeyRing.load(tmp_path / "a").derive("x") != KeyRing.load(tmp_path / "b").derive("x")


def test_starting_many_at_once_gives_all_the_same_key(tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from careline.kit.keys import KeyRing;"
        "print(KeyRing.load(Path(sys.argv[1])).key_ids[0])"
    )

    def started(_: int) -> str:
        return subprocess.check_output([sys.executable, "-c", code, str(tmp_path / "d")], text=True)

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(started, range(6)))
    assert found == {KeyRing.load(tmp_path / "d").key_ids[0] + "\n"}


def test_a_given_secret_writes_no_file(tmp_path: Path):
    ring = KeyRing.load(tmp_path, WORDS)
    assert list(tmp_path.iterdir()) == []
    assert ring.derive("x") == KeyRing.load(tmp_path / "elsewhere", WORDS).derive("x")


def test_a_given_secret_still_reads_what_the_folder_s_key_sealed(tmp_path: Path):
    before = KeyRing.load(tmp_path)
    sealed, signed = before.encrypt("p", b"password"), before.sign("s", b"12")
    after = KeyRing.load(tmp_path, WORDS)
    assert after.decrypt("p", sealed) == b"password"
    assert after.is_signed("s", b"12", signed)
    assert after.sign("s", b"12") != signed


def test_several_secrets_read_and_the_first_writes(tmp_path: Path):
    old, new = KeyRing.load(tmp_path, WORDS), KeyRing.load(tmp_path, f"{WORDS}-2 {WORDS}")
    assert new.decrypt("p", old.encrypt("p", b"x")) == b"x"
    assert new.key_ids[1:] == old.key_ids
    with pytest.raises(CannotDecrypt) as told:
        old.decrypt("p", new.encrypt("p", b"x"))
    assert told.value.key_id == new.key_ids[0]


def test_a_short_secret_is_refused_with_the_mend(tmp_path: Path):
    with pytest.raises(KeysUnreadable, match="at least 16 characters"):
        KeyRing.load(tmp_path, "short")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keys": []}', '{"keys": [{"id": "a", "secret": "%"}]}', "null"])
def test_a_damaged_ring_is_never_replaced_by_a_new_one(tmp_path: Path, content: str):
    (tmp_path / "keys.json").write_text(content)
    with pytest.raises(KeysUnreadable, match="backup"):
        KeyRing.load(tmp_path)
    assert (tmp_path / "keys.json").read_text() == content


def test_keys_of_two_purposes_are_apart(tmp_path: Path):
    ring = KeyRing.load(tmp_path)
    assert len(ring.derive("sessions")) == 32
    assert ring.derive("sessions") != ring.derive("reply")
    assert not ring.is_signed("reply", b"12", ring.sign("sessions", b"12"))


def test_a_signature_fits_in_an_address(tmp_path: Path):
    ring = KeyRing.load(tmp_path)
    signature = ring.sign("reply", b"12")
    assert len(signature) == 16
    assert set(signature) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert ring.is_signed("reply", b"12", signature)


@pytest.mark.parametrize("wrong", ["", "aaaaaaaaaaaaaaaa", "ä" * 16, "x" * 1000])
def test_another_signature_does_not_hold(tmp_path: Path, wrong: str):
    assert not KeyRing.load(tmp_path, WORDS).is_signed("reply", b"12", wrong)


def test_sealed_bytes_open_only_unchanged_and_for_their_purpose(tmp_path: Path):
    ring = KeyRing.load(tmp_path)
    sealed = ring.encrypt("mailbox password", b"hunter2")
    assert ring.decrypt("mailbox password", sealed) == b"hunter2"
    assert b"hunter2" not in sealed
    assert sealed != ring.encrypt("mailbox password", b"hunter2")
    for broken in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", b"\x01", b"\x02" + sealed[1:]):
        with pytest.raises(CannotDecrypt):
            ring.decrypt("mailbox password", broken)
    with pytest.raises(CannotDecrypt):
        ring.decrypt("session", sealed)


def test_rotating_keeps_the_old_keys_for_reading(tmp_path: Path):
    ring = KeyRing.load(tmp_path)
    sealed, signed, first = ring.encrypt("p", b"x"), ring.sign("s", b"y"), ring.derive("d")
    ring.rotate()
    assert ring.decrypt("p", sealed) == b"x"
    assert ring.is_signed("s", b"y", signed)
    assert ring.derive_all("d") == [ring.derive("d"), first]
    assert KeyRing.load(tmp_path).key_ids == ring.key_ids
    assert len(set(ring.key_ids)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".keys.json.lock", "keys.json"]


def test_a_running_process_reads_what_another_wrote_after_rotating(tmp_path: Path):
    running, other = KeyRing.load(tmp_path), KeyRing.load(tmp_path)
    other.rotate()
    assert running.is_signed("s", b"y", other.sign("s", b"y"))
    other.rotate()
    assert running.decrypt("p", other.encrypt("p", b"x")) == b"x"


def test_a_given_secret_cannot_be_rotated_by_us(tmp_path: Path):
    with pytest.raises(KeysUnreadable, match="in front of the old one"):
        KeyRing.load(tmp_path, WORDS).rotate()


def test_the_ring_of_the_process_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARELINE_DATA", str(tmp_path))
    monkeypatch.delenv("CARELINE_SECRET_KEY", raising=False)
    keys.ring.cache_clear()
    try:
        assert keys.ring() is keys.ring()
        assert keys.ring().key_ids == [json.loads((tmp_path / "keys.json").read_text())["keys"][0]["id"]]
    finally:
        keys.ring.cache_clear()
