"""docs/benchmarks.md: the figures as they were seen, the short ones said first."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bench.figures import Part

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = ["what", "target", "seen", "", "remark"]


def write_page(parts: Sequence[Part], *, size: int, at: datetime, seconds: float) -> None:
    PAGE.write_text(page_of(parts, size=size, at=at, seconds=seconds), encoding="utf-8")


def page_of(parts: Sequence[Part], *, size: int, at: datetime, seconds: float) -> str:
    lines = [
        "# Benchmarks", "",
        "Written by `make bench`; not by hand. What each figure is stands in `bench/`, one file per part.", "",
        f"Seen on {at:%-d %B %Y}: {os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"{_memory_gb()} GB of memory, Python {platform.python_version()}, the embedded PostgreSQL with the settings of "
        f"production (fsync on), {size:,} cases, {seconds / 60:.0f} minutes in total. Other work may have run beside it: "
        "trust ratios and CPU times before rates.", "",
    ]  # fmt: skip
    short = [figure for part in parts for figure in part.figures if figure.verdict == "short"]
    lines += ["## What falls short", ""]
    lines += [f"- **{f.name}**: {' '.join(f.cells()[1:3])[:]}. {f.remark}".rstrip() for f in short] or ["Nothing."]
    for part in parts:
        lines += ["", f"## {part.title}", "", *_table(HEAD, [figure.cells() for figure in part.figures])]
        lines += [line for note in part.notes for line in ("", note)]
        for title, head, rows in part.tables:
            lines += ["", f"{title}:", "", *_table(head, rows)]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)
