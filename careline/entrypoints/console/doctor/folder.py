"""What can be seen without a database: versions, the data folder, the disk, the keys, the spool."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from careline.entrypoints.console.doctor.finding import OK, PROBLEM, WARNING, Finding, counted, span
from careline.kit.keys import FILE_NAME, KeyRing, KeysUnreadable
from careline.kit.spool import Spool, SpoolUnavailable

LEAST_FREE, LITTLE_FREE = 200 * 1024**2, 2 * 1024**3
OLDEST_WAITS = 60.0
"""Seconds. The worker takes mail in within one; a minute means that it does not."""


def of_versions() -> Iterator[Finding]:
    from careline.entrypoints.console.main import _version

    yield Finding(
        "versions",
        OK,
        f"careline {_version()}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
    )


def of_folder(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("data folder", PROBLEM, f"{folder} cannot be written", "run this as the owner of the folder")
        return
    yield Finding("data folder", OK, str(folder))
    yield _disk(folder)
    yield _keys(folder)
    yield _spool(folder)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{free / 1024**3:.1f} GB free"
    if free < LEAST_FREE:
        return Finding("disk", PROBLEM, words, "make room: mail is refused for the time being once the disk is full")
    if free < LITTLE_FREE:
        return Finding("disk", WARNING, words, "make room soon")
    return Finding("disk", OK, words)


def _keys(folder: Path) -> Finding:
    given = os.environ.get("CARELINE_SECRET_KEY")
    path = folder / FILE_NAME
    if not given and not path.exists():
        return Finding(
            "keys", WARNING, "none yet", "none is needed before the first start; after it, bring keys.json back"
        )
    try:
        KeyRing.load(folder, given)
    except KeysUnreadable as error:
        return Finding("keys", PROBLEM, str(error), "bring keys.json back from the backup")
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("keys", WARNING, "others on this machine can read keys.json", f"chmod 600 {path}")
    return Finding("keys", OK, "readable" + (", the newest from CARELINE_SECRET_KEY" if given else ""))


def _spool(folder: Path) -> Finding:
    spool = Spool(folder / "spool")
    try:
        waiting, oldest = spool.waiting(), spool.oldest_age(datetime.now(UTC))
    except SpoolUnavailable as error:
        return Finding("spool", PROBLEM, str(error), "run this as the owner of the folder")
    if not waiting:
        return Finding("spool", OK, "empty: every mail that came is taken in")
    words = f"{counted(waiting, 'mail')} waiting, the oldest for {span(oldest)}"
    if oldest > OLDEST_WAITS:
        return Finding(
            "spool",
            WARNING,
            words,
            "they are safe; start `careline serve`, or see below why its worker does not take them",
        )
    return Finding("spool", OK, words)
