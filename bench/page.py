"""docs/benchmarks.md: the figures as they were seen, the short ones said first."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bench.figures import Part

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
# Why a figure falls short, as far as it is known; the first words of its name lead here.
REASONS = {
    "List": "What is left is Django's way through its middleware, two statements that say who asks, and fifty rows' moments and words.",
    "Case page": "Sixteen small statements and the composer's menus, which are drawn with it; Jinja2 takes about half.",
    "Commit": "Events are gathered for 0.1 s, and the web process shares two cores with whatever else runs.",
    "The same while": "As above, with one more busy process beside it.",
    "200 agents": "Everybody hears of everything here: some 240 fetches a second of forty rows each, more than one process has beside the "
                  "streams. A list that fetches only rows it shows, or a second web process, would mend it.",
    "(b) raw": "The search index takes most of it: some 180 words a mail, each an entry of its own; then our Python, on shared cores.",
    "(a) parsed": "The search index takes most of it: some 180 words a mail, each an entry of its own.",
}  # fmt: skip
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
    lines += [f"- **{f.name}**: {' '.join(f.cells()[1:3])}. {f.remark}{_reason(f.name)}" for f in short] or ["Nothing."]
    for part in parts:
        lines += ["", f"## {part.title}", "", *_table(HEAD, [figure.cells() for figure in part.figures])]
        lines += [line for note in part.notes for line in ("", note)]
        for title, head, rows in part.tables:
            lines += ["", f"{title}:", "", *_table(head, rows)]
    return "\n".join(lines) + "\n"


def _reason(name: str) -> str:
    return next((f". {words}" for begin, words in REASONS.items() if name.startswith(begin)), "")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)
