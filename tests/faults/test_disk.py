"""A disk that is full: senders are told to come again, what is in waits, and all goes on when there is room."""

from __future__ import annotations

import errno
import os
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.install import Install
from tests.faults.post import SUPPORT, by_lmtp, letter
from tests.waiting import eventually

ROOM = "150m"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="careline-disk-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=711", "tmpfs", folder], check=False)
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip("only root may mount a small disk")
    folder.chmod(0o711)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_full_disk_refuses_for_now_and_loses_nothing(install: Callable[..., Install], small_disk: Path) -> None:
    house = install(small_disk).start()
    by_lmtp(house, [letter("1-0")])
    assert eventually(house.has_settled)

    worker = house.pid_of("worker")
    filler = small_disk / "filler"
    _fill(filler)
    refused = house.run("deliver", "--to", SUPPORT, stdin=letter("2-0") + b"x" * 4096)
    assert (refused.returncode, refused.stderr.count(b"\n")) == (75, 1)
    assert b"No room left for the spool" in refused.stderr
    with smtplib.LMTP("127.0.0.1", house.lmtp_port, timeout=20) as server, pytest.raises(smtplib.SMTPDataError) as said:
        server.sendmail("carol@example.com", [SUPPORT], letter("3-0") + b"x" * 4096)
    assert said.value.smtp_code == 452
    assert _left_in(house.data / "spool") == []

    # Room for the mail itself, none for what becomes of it.
    filler.unlink()
    house.run("deliver", "--to", SUPPORT, "/dev/null")
    assert eventually(house.has_settled)
    os.kill(worker, 19)
    by_pipe = [
        house.run("deliver", "--to", SUPPORT, stdin=letter(f"4-{number}", sender=f"carol{number}@example.com"))
        for number in range(5)
    ]
    assert [done.returncode for done in by_pipe] == [0] * 5
    _fill(filler)
    os.kill(worker, 18)
    assert eventually(lambda: "not now" in house.said()), house.said()[-2000:]
    assert house.spooled() == 5
    filler.unlink()
    assert eventually(house.has_settled, within=40), house.said()[-3000:]
    taken = house.sql(
        "SELECT external_id FROM conversations_message WHERE kind = 'incoming' AND external_id <> '' ORDER BY 1"
    )
    assert [key for (key,) in taken] == sorted(["<1-0@mail.example>", *(f"<4-{n}@mail.example>" for n in range(5))])
    assert _left_in(house.data / "spool") == []


def _fill(filler: Path) -> None:
    """To the last byte."""
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError as error:
                assert error.errno == errno.ENOSPC


def _left_in(folder: Path) -> list[str]:
    return sorted(left.name for left in folder.iterdir())
