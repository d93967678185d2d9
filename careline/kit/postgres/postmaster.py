"""What runs on a cluster just now, by its `postmaster.pid` and by the processes themselves.

The file alone proves nothing: it may be stale, truncated, or name a number that another program has by now. Only where
no process of PostgreSQL works in the cluster may it be removed, else two servers could write the same files.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from careline.kit.postgres.errors import ClusterError

PID_FILE = "postmaster.pid"
# Patience with what an earlier server left behind: leave alone, ask to stop, stop at once, kill.
_STEPS = ((3.0, None), (60.0, signal.SIGINT), (10.0, signal.SIGQUIT), (10.0, signal.SIGKILL))


@dataclass(frozen=True)
class Postmaster:
    pid: int
    socket_folder: Path
    is_ready: bool


def recorded_postmaster(cluster: Path) -> Postmaster | None:
    """What postmaster.pid says, None where it is absent or incomplete."""
    try:
        lines = (cluster / PID_FILE).read_text(errors="replace").splitlines()
        return Postmaster(int(lines[0]), Path(lines[4]), len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, IndexError, ValueError):
        return None


def living_processes(cluster: Path) -> list[int]:
    """Every process of PostgreSQL that works in this cluster."""
    if sys.platform != "linux":
        return _living_by_command(cluster)
    try:
        wanted = cluster.stat()
    except FileNotFoundError:
        return []
    return [pid for pid in _all_pids() if _works_in(pid, wanted)]


def clear_leftovers(cluster: Path, *, say: Callable[[str], None]) -> None:
    """End what an earlier server left running, then its pid file. Only for the holder of the folder's lock."""
    for seconds, sent in _STEPS:
        if sent is not None and living_processes(cluster):
            say(f"an earlier database process on {cluster} is still there; sending {sent.name}")
            _signal(cluster, sent)
        until = time.monotonic() + seconds
        while living_processes(cluster):
            if time.monotonic() >= until:
                break
            time.sleep(0.02)
        else:
            (cluster / PID_FILE).unlink(missing_ok=True)
            return
    raise ClusterError(f"Processes {living_processes(cluster)} hold {cluster} and do not end; restart the machine.")


def _signal(cluster: Path, sent: signal.Signals) -> None:
    living = living_processes(cluster)
    recorded = recorded_postmaster(cluster)
    first = [recorded.pid] if recorded and recorded.pid in living else living
    for pid in living if sent == signal.SIGKILL else first:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sent)


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _works_in(pid: int, wanted: os.stat_result) -> bool:
    process = Path(f"/proc/{pid}")
    try:
        if (process / "comm").read_bytes().strip() != b"postgres":
            return False
        place = (process / "cwd").stat()
    except OSError:
        return False
    return (place.st_dev, place.st_ino) == (wanted.st_dev, wanted.st_ino)


def _living_by_command(cluster: Path) -> list[int]:
    listing = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=True)  # noqa: S607
    found = (line.split(None, 1) for line in listing.stdout.splitlines())
    return [int(pid) for pid, command in found if "postgres" in command and str(cluster) in command]
