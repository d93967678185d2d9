"""A backup taken and put back into a database beside the one in use, and an export; rows as PostgreSQL writes them count."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure, Part

TARGET = 20.0
_RESTORE = """
import sys, time
from careline.entrypoints.console.keeping import looking, restoring
from careline.entrypoints.console.datafolder import set_up_django
from pathlib import Path
began = time.perf_counter()
seen = looking.looked_through(Path(sys.argv[1]))
looked = time.perf_counter()
set_up_django()
rows = restoring.fill(seen)
print(looked - began, time.perf_counter() - looked, sum(rows.values()))
"""


def measure(part: Part, folder: Path) -> None:
    from careline.entrypoints.console.keeping.backing_up import back_up
    from careline.entrypoints.console.keeping.exporting import export

    path, out = folder / "measured.backup", folder / "measured-export"
    began = time.perf_counter()
    kept = back_up(path, folder, version="bench", at=datetime.now(UTC))
    seconds = time.perf_counter() - began
    size, raw = kept.size / 1e6, kept.raw / 1e6
    part.notes.append(
        f"{kept.rows['conversations_message']:,} messages, {sum(kept.rows.values()):,} rows of {raw:,.0f} MB, {size:,.0f} MB in the file; "
        f"the load of the machine was {os.getloadavg()[0]:.1f} then."
    )
    part.add(Figure("backup", raw / seconds, "MB/s", TARGET, remark=f"{seconds:.1f} s"))
    looked, filled = _restored(path)
    part.add(
        Figure(
            "restore, looking through first",
            raw / (looked + filled),
            "MB/s",
            TARGET,
            remark=f"{looked:.1f} + {filled:.1f} s",
        )
    )
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    began = time.perf_counter()
    export(out)
    seconds = time.perf_counter() - began
    written = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1e6
    part.add(Figure("export", written / seconds, "MB/s", remark=f"{written:,.0f} MB in {seconds:.1f} s"))
    shutil.rmtree(out)
    path.unlink()


def _restored(path: Path) -> tuple[float, float]:
    """Seconds for looking through the file, and for filling a database with it; in a process of its own, as Django names one."""
    from careline.kit.postgres import databases

    url = os.environ["CARELINE_DATABASE_URL"]
    databases.make(url, "measured")
    try:
        env = os.environ | {"CARELINE_DATABASE_URL": databases.beside(url, "measured")}
        done = subprocess.run(
            [sys.executable, "-c", _RESTORE, str(path)], env=env, capture_output=True, text=True, check=True
        )
    finally:
        databases.drop(url, "measured")
    looked, filled, _ = done.stdout.split()
    return float(looked), float(filled)
