"""Live events on real sockets: many browsers on one process, what they cost, and how soon they hear."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure, Part, percentile
from bench.pages import session_of
from bench.weight import allow_many_files, pss_kb
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record
from careline.kit import db

BROWSERS = int(os.environ.get("BROWSERS") or 2000)
FETCHING, A_SECOND, SECONDS = 200, 50, 10


def measure(part: Part, folder: Path) -> None:
    allow_many_files()
    agents = [
        db.value("SELECT id FROM staff_agent WHERE email = %s", [f"{who}@northwind.example"])
        for who in ("all", "some", "few")
    ]
    cookies = [session_of(agent) for agent in agents]
    with web() as (process, port):
        bare = pss_kb(process.pid)
        with _browsers(port, [*cookies[:1], *cookies[1:2] * 3, *cookies[2:] * 6], BROWSERS, fetching=False) as heard:
            cost = (pss_kb(process.pid) - bare) / BROWSERS
            part.add(Figure(f"{BROWSERS:,} connections: memory each", cost, "KB", 40, True, "PSS, one process"))
            delays, _ = heard(_happen())
            part.add(
                Figure("Commit → bytes at the client, p99", percentile(delays, 0.99), "ms", 250, True, _said(delays))
            )
            with _worst_mails(folder):
                delays, _ = heard(_happen())
            part.add(
                Figure(
                    "The same while the worst mails are taken in, p99",
                    percentile(delays, 0.99),
                    "ms",
                    250,
                    True,
                    _said(delays),
                )
            )
        with _browsers(port, cookies[:1], FETCHING, fetching=True) as heard:
            begun = cpu_seconds(process.pid)
            committed = _happen()
            spent = cpu_seconds(process.pid) - begun
            delays, fetched = heard(committed)
            part.add(
                Figure(
                    f"{FETCHING} agents refetch rows: commit → fragment, p99", percentile(delays, 0.99), "ms", 1000, True,
                    f"{_said(delays)}; waits as live.js does, up to 0.9 s; {fetched:,} fetches, for which and for the streams "
                    f"the web process took {spent:.1f} s of CPU in {SECONDS} s, on "
                    f"{os.cpu_count()} cores with a load of {os.getloadavg()[0]:.0f}",
                )
            )  # fmt: skip
    part.notes.append(
        f"{A_SECOND} happenings a second for {SECONDS} s; of ten browsers one hears everything, three 30 teams, six one team."
    )


def cpu_seconds(pid: int) -> float:
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _happen() -> dict[str, float]:
    """Happenings on cases at hand, evenly over the time; when each had committed, by its name."""
    from django.db import transaction

    cases = db.rows(
        "SELECT id, number FROM conversations_conversation WHERE category = 'open' ORDER BY id DESC LIMIT 500"
    )
    committed = {}
    began, run = time.monotonic(), time.time_ns()
    for n in range(A_SECOND * SECONDS):
        time.sleep(max(0.0, began + n / A_SECOND - time.monotonic()))
        case, name = random.choice(cases), f"bench.{run}-{n}"
        with transaction.atomic():
            db.execute("UPDATE conversations_conversation SET version = version + 1 WHERE id = %s", [case.id])
            record(Happening(name, "conversation", case.number, case.id), by=SYSTEM, at=datetime.now(UTC))
        committed[name] = time.monotonic()
    time.sleep(2.5)
    return committed


@contextmanager
def web() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The web process as `careline serve` starts it, on a free port."""
    door = socket.create_server(("127.0.0.1", 0), backlog=4096)
    process = subprocess.Popen(
        [sys.executable, "-m", "careline.entrypoints.console.main", "_web", f"--socket={door.fileno()}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        pass_fds=[door.fileno()], env=os.environ | {"CARELINE_DEMO": "1"},
    )  # fmt: skip
    try:
        with socket.create_connection(door.getsockname(), 30) as knock:
            knock.sendall(b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert knock.recv(20)
        yield process, door.getsockname()[1]
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
        door.close()


@contextmanager
def _browsers(port: int, cookies: Sequence[str], count: int, *, fetching: bool) -> Iterator[object]:
    """Browsers in a process of their own; called with when things were committed, it gives the delays in ms, and how often they fetched."""
    client = subprocess.Popen(
        [sys.executable, "-m", "bench.browsers", str(port), str(count), str(int(fetching)), *cookies],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert client.stdin and client.stdout
    assert client.stdout.readline() == "connected\n"
    time.sleep(1)

    def heard(committed: dict[str, float]) -> tuple[list[float], int]:
        client.stdin.write(json.dumps(committed) + "\n")
        client.stdin.flush()
        told = json.loads(client.stdout.readline())
        assert told["delays"], "no browser heard anything"
        return told["delays"], told["fetched"]

    try:
        yield heard
    finally:
        client.terminate()
        client.wait(30)


@contextmanager
def _worst_mails(folder: Path) -> Iterator[None]:
    """A second process takes in mails made to be dear, over and over."""
    process = subprocess.Popen([sys.executable, "-m", "bench.worst"], env=os.environ | {"CARELINE_DATA": str(folder)})
    time.sleep(2)
    try:
        yield
        assert process.poll() is None, "the worst mails ended too early"
    finally:
        process.terminate()
        process.wait(30)


def _said(delays: Sequence[float]) -> str:
    return f"median {percentile(delays, 0.5):.0f} ms, {len(delays):,} heard"
