import errno
import json
import multiprocessing
import os
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from careline.kit import spool as spool_module
from careline.kit.spool import NoSuchSpooled, Spool, SpoolFull, SpoolUnavailable

ENVELOPE = {"to": ["support@northwind.example"], "from": "carol@example.com", "door": "deliver"}


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool")


def files_in(spool):
    return sorted(path.name for path in spool.folder.iterdir())


def test_gives_back_what_was_put_byte_for_byte(spool):
    raw = bytes(range(256)) * 40 + b"\n{\r\n"
    name = spool.put(raw, envelope=ENVELOPE)
    found = spool.read(name)
    assert (found.name, found.envelope, found.raw) == (name, ENVELOPE, raw)


def test_lists_the_oldest_first_and_no_more_than_asked(spool):
    names = [spool.put(str(n).encode(), envelope=ENVELOPE) for n in range(25)]
    assert spool.names(10) == names[:10]
    assert spool.names(100) == names
    assert spool.names(5, after=names[9]) == names[10:15]


def test_removed_entries_are_gone_and_the_next_ones_move_up(spool):
    names = [spool.put(b"x", envelope=ENVELOPE) for _ in range(6)]
    assert spool.names(3) == names[:3]
    spool.remove(names[:3])
    spool.remove(names[:3])
    assert (spool.names(3), spool.waiting()) == (names[3:], 3)


def test_an_entry_another_process_took_away_is_not_listed_from_memory(spool):
    names = [spool.put(b"x", envelope=ENVELOPE) for _ in range(4)]
    assert spool.names(2) == names[:2]
    Spool(spool.folder).remove(names[:1])
    assert spool.names(2) == names[1:3]
    with pytest.raises(NoSuchSpooled):
        spool.read(names[0])


def test_streams_in_pieces(spool):
    name = spool.put_stream((bytes([n]) * 1000 for n in range(100)), envelope=ENVELOPE)
    assert spool.read(name).raw == b"".join(bytes([n]) * 1000 for n in range(100))


def test_a_sender_that_breaks_off_leaves_nothing(spool):
    def broken():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        spool.put_stream(broken(), envelope=ENVELOPE)
    assert (spool.waiting(), files_in(spool)) == (0, [])


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_a_full_disk_is_said_and_leaves_nothing(spool, monkeypatch, call):
    kept = spool.put(b"before", envelope=ENVELOPE)

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(spool_module.os, call, full)
        with pytest.raises(SpoolFull):
            spool.put(b"after", envelope=ENVELOPE)
    assert files_in(spool) == [kept]


def test_a_really_full_disk_is_said(tmp_path):
    """A file size limit acts like a quota, and needs no mount."""
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_put_beyond_limit, args=(tmp_path,))
    child.start()
    child.join(20)
    assert (child.exitcode, files_in(Spool(tmp_path / "spool"))) == (0, [])


def _put_beyond_limit(folder):
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        Spool(folder / "spool").put(b"x" * 200_000, envelope=ENVELOPE)
    except SpoolFull:
        os._exit(0)
    os._exit(1)


def test_a_missing_data_folder_is_not_made(tmp_path):
    with pytest.raises(SpoolUnavailable) as refusal:
        Spool(tmp_path / "gone" / "spool").put(b"x", envelope=ENVELOPE)
    assert "does not exist" in str(refusal.value)
    assert not isinstance(refusal.value, SpoolFull)
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "spool").write_text("")
    with pytest.raises(SpoolUnavailable):
        Spool(tmp_path / "spool").put(b"x", envelope=ENVELOPE)


def test_an_empty_or_absent_spool_has_nothing_waiting(spool):
    now = datetime.now(UTC)
    assert (spool.names(10), spool.waiting(), spool.oldest_age(now), spool.wait(0)) == ([], 0, 0.0, False)


def test_half_written_files_are_swept_after_a_day_and_whole_ones_never(spool):
    whole = spool.put(b"x", envelope=ENVELOPE)
    for name, hours in ((".1-old.part", 25), (".1-young.part", 23), (whole, 1000)):
        path = spool.folder / name
        path.touch()
        moment = time.time() - hours * 3600
        os.utime(path, (moment, moment))
    assert spool.names(10) == [whole]
    assert files_in(spool) == [".1-young.part", whole]


def test_says_how_long_the_oldest_waits(spool):
    before = datetime.now(UTC)
    spool.put(b"x", envelope=ENVELOPE)
    age = spool.oldest_age(before + timedelta(minutes=5))
    assert 299 < age <= 300


def test_a_clock_set_back_keeps_the_order(spool, monkeypatch):
    first = spool.put(b"1", envelope=ENVELOPE)
    monkeypatch.setattr(spool_module.time, "time_ns", lambda: 1)
    second = spool.put(b"2", envelope=ENVELOPE)
    assert spool.names(10) == [first, second]


def test_a_file_without_an_envelope_is_read_whole(spool):
    spool.put(b"x", envelope=ENVELOPE)
    for name, content in (("a.mail", b"From: carol@example.com\n\nHi"), ("b.mail", b"[1]\nrest"), ("c.mail", b"")):
        (spool.folder / name).write_bytes(content)
        found = spool.read(name)
        assert (found.envelope, found.raw) == ({}, content)


@pytest.mark.parametrize("name", ["../secret.mail", "/etc/passwd", ".x.mail", "a\0.mail", "plain", ""])
def test_names_that_lead_outside_are_refused(spool, name):
    with pytest.raises(NoSuchSpooled):
        spool.read(name)


def test_odd_envelopes_survive(spool):
    odd = {"to": ["grüße@bücher.example", "a\nb"], "from": "\udcff", "extra": {"n": None}}
    assert spool.read(spool.put(b"x", envelope=odd)).envelope == odd


def test_many_processes_and_threads_never_share_a_name(tmp_path):
    folder = tmp_path / "spool"
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=_put_many, args=(folder, n)) for n in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    spool = Spool(folder)
    names = spool.names(1000)
    assert [child.exitcode for child in children] == [0] * 4
    assert sorted(spool.read(name).raw for name in names) == sorted(
        b"%d/%d" % (n, i) for n in range(4) for i in range(50)
    )


def _put_many(folder, number):
    spool = Spool(folder)
    for index in range(50):
        spool.put(b"%d/%d" % (number, index), envelope=ENVELOPE)
    os._exit(0)


def test_a_writer_killed_in_the_middle_leaves_only_whole_entries(tmp_path):
    folder = tmp_path / "spool"
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_put_until_killed, args=(folder,))
    child.start()
    spool = Spool(folder)
    while len(spool.names(30)) < 30:
        spool.wait(0.5)
    child.kill()
    child.join()
    for name in spool.names(10_000):
        assert len(spool.read(name).raw) == 30_000


def _put_until_killed(folder):
    spool = Spool(folder)
    while True:
        spool.put_stream((b"x" * 1000 for _ in range(30)), envelope=ENVELOPE)


@pytest.mark.parametrize("by", ["inotify", "looking"])
def test_a_reader_that_waits_is_woken_at_once(spool, monkeypatch, by):
    if by == "looking":
        monkeypatch.setattr("careline.kit.foldwatch._open_inotify", lambda folder: None)
    first = spool.put(b"1", envelope=ENVELOPE)
    assert (spool.wait(0), spool.wait(0)) == (True, False), "what was seen and left does not wake again"
    woken = []

    def wait():
        woken.append((spool.wait(10), time.monotonic()))

    waiter = threading.Thread(target=wait)
    waiter.start()
    second = Spool(spool.folder).put(b"2", envelope=ENVELOPE)
    put_at = time.monotonic()
    waiter.join()
    spool.close()
    assert (woken[0][0], spool.names(10)) == (True, [first, second])
    assert woken[0][1] - put_at < 0.1


def test_a_folder_that_is_made_anew_is_watched_again(spool):
    spool.put(b"1", envelope=ENVELOPE)
    assert spool.wait(0) is True
    spool.remove(spool.names(1))
    spool.folder.rmdir()
    spool.put(b"2", envelope=ENVELOPE)
    assert spool.wait(1) is True
    spool.put(b"3", envelope=ENVELOPE)
    assert spool.wait(1) is True
    spool.close()


def test_a_batch_out_of_100_000_waiting_costs_little(spool):
    spool.folder.mkdir()
    line = json.dumps(ENVELOPE).encode()
    for n in range(100_000):
        file = os.open(spool.folder / f"20261122T161644-{n:09d}-0.mail", os.O_WRONLY | os.O_CREAT)
        if n < 300:
            os.write(file, line + b"\nHi")
        os.close(file)
    first = spool.names(100)
    started = time.process_time()
    for _ in range(3):
        batch = spool.names(100)
        for name in batch:
            spool.read(name)
        spool.remove(batch)
    assert (first[0], spool.names(1)[0]) == ("20261122T161644-000000000-0.mail", "20261122T161644-000000300-0.mail")
    assert time.process_time() - started < 0.5
