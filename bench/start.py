"""From the command to the first answer, and what the whole tree weighs when nothing happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, Part, percentile
from bench.place import CACHE
from bench.weight import pss_kb, tree_of

SETTLED_AFTER = 20.0
_PARTS = ("web", "worker", "supervisor", "database")


def measure(part: Part) -> None:
    folder = CACHE / f"start-{time.time_ns()}"
    with _running("serve", folder) as (seconds, _):
        part.add(Figure("serve, empty folder → ready", seconds, "s", 8, at_most=True))
    later = []
    for n in range(3):
        with _running("serve", folder) as (seconds, tree):
            later.append(seconds)
            if n == 2:
                time.sleep(SETTLED_AFTER)
                weights = [(_part_of(pid), pss_kb(pid) / 1024) for pid in tree_of(tree)]
    part.add(Figure("serve, later → ready", percentile(later, 0.5), "s", 4, at_most=True, remark="median of 3"))
    shares = ", ".join(f"{name} {sum(mb for one, mb in weights if one == name):.0f}" for name in _PARTS)
    weight = sum(mb for _, mb in weights)
    words = f"PSS of {len(weights)} processes: {shares}"
    part.add(Figure("serve, idle: memory of the whole tree", weight, "MB", 250, True, words))
    demo = CACHE / f"demo-{time.time_ns()}"
    with _running("demo", demo) as (seconds, _):
        part.add(Figure("demo, empty folder → ready and seeded", seconds, "s", 30, at_most=True))


def _part_of(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    own = {b"_web": "web", b"_worker": "worker", b"serve": "supervisor"}
    return next((name for word, name in own.items() if word in words), "database")


@contextmanager
def _running(command: str, folder: Path) -> Iterator[tuple[float, int]]:
    """Seconds until it said `ready`, and the pid of the tree."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("CARELINE_")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "careline.entrypoints.console.main", command, "--data", str(folder), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env,
    )  # fmt: skip
    try:
        assert process.stdout
        told = process.stdout.readline()
        assert told.startswith("ready"), f"{command} ended without being ready: {told!r}"
        yield time.perf_counter() - began, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
