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
    "List": "Four statements, each of which wakes another process on the same cores and comes back to cold caches; a view that asks for words "
            "and tags, seven. What is the same for all who see a view so is drawn once.",
    "Case page": "Thirteen small statements, each of which wakes the database on the same two cores; then the composer and the cover.",
    "API list": "Four statements on cores that others use too; alone on the machine most lists take two thirds of it.",
    "Inbox, empty cache: first paint": "Chromium, the server and the database share two cores; the first of the five comes to a server that "
                                       "has drawn nothing yet, which is some 0.1 s of it, later ones some 10 ms.",
    "A suggestion": "Common words stand in thousands of articles; each search is noted with a commit that waits for the disk.",
    "The wall": "Three counts take two thirds: over what waits, what is held, and the last hour's messages, of which each one's case is "
                "looked up, for who may see it stands there. Then 417 KB of page: 100 queues and 199 people.",
    "Commit": "Events are gathered for up to 0.06 s, and the web process shares two cores with whatever else runs.",
    "The same while": "As above, with one more busy process beside it.",
    "200 agents": "Everybody hears of everything here: some 290 fetches a second of thirty-odd rows each, at 1.5 ms of ours and 0.5 ms "
                  "of the database's (3.8 and 0.9 before, side by side), beside the streams. Loaded by others it falls behind.",
    "Visitor's word": "Most of it is waiting: for the disk (one commit a word) and for a core, which the web process, the worker, the "
                      "database and the browsers share.",
    "Answer →": "As above: thirty statements and one commit.",
    "There and back": "As above, twice.",
    "(b) raw": "Of our CPU the eleven statements of a mail take 1.0 ms, reading it 0.6, packing its file 0.6, its language 0.35, its thread "
               "and its words for search 0.3 each. The database's own part, most of it the search index, runs on the same cores.",
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
