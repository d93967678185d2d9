"""The store: bytes come back as they went in, whole and once, or there are none."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from careline.kit.storage import ContentMissing, Store, digest_of


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "files")


def files_in(store):
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize("content", [b"", b"short", b"a" * 100_000, os.urandom(5000), b"\x00\xff" * 999], ids=len)
def test_bytes_come_back_as_they_went_in(store, content, deflate):
    digest = store.put(content, deflate=deflate)
    assert (digest, store.read(digest)) == (digest_of(content), content)


def test_what_is_worth_it_lies_deflated_and_random_bytes_do_not(store):
    words, noise = b"a mail of many words " * 500, os.urandom(5000)
    digests = store.put_all([words, noise], deflate=True)
    assert files_in(store) == sorted([f"{digests[0]}.z", digests[1]])


def test_the_same_content_is_stored_once_however_often_and_at_once(store):
    with ThreadPoolExecutor(8) as threads:
        digests = set(threads.map(lambda _: store.put(b"the same" * 200), range(40)))
    assert digests == {digest_of(b"the same" * 200)}
    assert files_in(store) == list(digests)


def test_a_content_that_is_not_there_is_said_so(store):
    with pytest.raises(ContentMissing):
        store.read("0" * 64)


def test_removed_is_gone_and_the_others_stay(store):
    gone, kept = store.put_all([b"gone", b"kept"])
    assert store.remove([gone, "0" * 64]) == 1
    with pytest.raises(ContentMissing):
        store.read(gone)
    assert store.read(kept) == b"kept"


def test_a_full_disk_leaves_nothing_half_written(store, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdatasync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"a content")
    assert files_in(store) == []
