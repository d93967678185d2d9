"""When the last backup was made."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from careline.entrypoints.console.doctor.finding import OK, WARNING, Finding, span

MARK = "last-backup"
DAYS = 7


def of_backups(folder: Path) -> Iterator[Finding]:
    """Nothing in a demo, which is made anew whenever."""
    if os.environ.get("CARELINE_DEMO") or (folder / "demo").exists():
        return
    mend = "run `careline backup FILE`, best every night"
    mark = folder / MARK
    if not mark.exists():
        yield Finding("backup", WARNING, "none was made yet", mend)
        return
    age = max(0.0, time.time() - mark.stat().st_mtime)
    words = f"the last was made {span(age)} ago"
    yield Finding("backup", WARNING, words, mend) if age > DAYS * 86400 else Finding("backup", OK, words)
