"""Runs the parts, each in a process of its own, prints what they see and writes the page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, Part
from bench.page import write_page
from bench.parts import PARTS

SIZE = int(os.environ.get("SIZE") or 100_000)


def main() -> int:
    if len(sys.argv) == 3:
        return _measure(sys.argv[1], Path(sys.argv[2]))
    began = time.monotonic()
    wanted = os.environ.get("PARTS", "").split() or list(PARTS)
    parts = []
    for name in wanted:
        parts.append(_part(name))
        # After each part, so that a run that is cut short leaves what it saw.
        if "PARTS" not in os.environ:
            write_page(parts, size=SIZE, at=datetime.now(UTC), seconds=time.monotonic() - began)
    short = sum(figure.verdict == "short" for part in parts for figure in part.figures)
    print(f"{sum(len(part.figures) for part in parts)} figures, {short} short, {time.monotonic() - began:.0f} s")
    return 0


def _part(name: str) -> Part:
    """Measured in a process of its own, for Django's settings name one database and are read once."""
    print(f"{PARTS[name].title}:", flush=True)
    with TemporaryDirectory() as folder:
        told = Path(folder) / "part.json"
        ended = subprocess.run(
            [sys.executable, "-m", "bench", name, str(told)], env=os.environ | {"SIZE": str(SIZE)}, check=False
        )
        if ended.returncode or not told.exists():
            return Part(PARTS[name].title, notes=[f"Could not be measured (exit {ended.returncode})."])
        found = json.loads(told.read_text())
    part = Part(found["title"], [Figure(**f) for f in found["figures"]], found["notes"], found["tables"])
    for title, head, rows in part.tables:
        print(f"  {title} ({', '.join(head)})")
        for row in rows:
            print("    " + " | ".join(row))
    return part


def _measure(name: str, told: Path) -> int:
    part = Part(PARTS[name].title)
    PARTS[name].measure(part, SIZE)
    told.write_text(json.dumps(asdict(part)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
