"""A real installation in a folder of its own: `careline serve` as a process tree that tests may kill where they like."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from careline.kit.postgres.place import place_of
from careline.kit.postgres.postmaster import recorded_postmaster

ROOT = Path(__file__).resolve().parents[2]
CARELINE = (sys.executable, "-P", "-m", "careline.entrypoints.console.main")
SECONDS_TO_START = 60.0


def environment(**more: str) -> dict[str, str]:
    left_out = ("CARELINE_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return ours | {"PYTHONPATH": str(ROOT)} | more


@dataclass(frozen=True)
class Answer:
    status: int
    json: Any


class Install:
    def __init__(self, data: Path, token: str = "", **settings: str) -> None:
        self.data, self.token = data, token
        self.log = data.with_suffix(".log")
        self.settings = {"CARELINE_LMTP": "127.0.0.1:0", **settings}
        self.process: subprocess.Popen[str] | None = None
        self.port = 0

    # -- the process tree

    def start(self, *words: str) -> Install:
        self.log.touch()
        self._from = self.log.stat().st_size
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*CARELINE, "serve", "--data", self.data, "--port", "0", *words],
                stdout=subprocess.PIPE, stderr=log, text=True, env=environment(**self.settings),
            )  # fmt: skip
        too_long = threading.Timer(SECONDS_TO_START, self.process.kill)
        too_long.start()
        ready = self.process.stdout.readline()
        too_long.cancel()
        assert ready, self.said()
        self.port = int(ready.rsplit(":", 1)[1])
        return self

    def said(self) -> str:
        """What this start of the server wrote."""
        return self.log.read_bytes()[self._from :].decode(errors="replace")

    def pid_of(self, part: str) -> int:
        return int(re.findall(rf"^careline: {part} (?:runs|started) \(process (\d+)\)", self.said(), re.M)[-1])

    def kill(self, part: str) -> None:
        """kill -9 of a part; of the supervisor together with a new start."""
        if part == "supervisor":
            self.process.kill()
            self.process.communicate()
            self.start()
            return
        victim = self.pid_of(part)
        with contextlib.suppress(OSError):
            # A part that is just being started again has no number of its own; another program may have its old one.
            if f"PPid:\t{self.process.pid}\n" in Path(f"/proc/{victim}/status").read_text():
                os.kill(victim, signal.SIGKILL)

    def stop(self) -> int:
        if self.process is None:
            return 0
        self.process.terminate()
        try:
            self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode

    def left_running(self) -> list[str]:
        """Every process of this installation, by what its environment or its folder says."""
        mark, found = f"CARELINE_DATA={self.data}\0".encode(), []
        for process in Path("/proc").iterdir():
            try:
                is_ours = mark in (process / "environ").read_bytes() + b"\0"
                is_ours = is_ours or str((process / "cwd").readlink()).startswith(str(self.data))
                if process.name.isdigit() and is_ours and int(process.name) != os.getpid():
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
        return [command for command in found if command]

    # -- the doors

    @property
    def lmtp_port(self) -> int:
        return int(re.findall(r"LMTP on 127\.0\.0\.1:(\d+)", self.said())[-1])

    def run(self, *words: str | Path, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        env = environment(CARELINE_DATA=str(self.data), **more)
        return subprocess.run([*CARELINE, *map(str, words)], input=stdin, capture_output=True, env=env, check=False)

    def call(self, method: str, path: str, body: Any = None, *, key: str = "") -> Answer:
        """Status 0 where there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Host": "localhost"}
        try:
            if key:
                headers["Idempotency-Key"] = key
            connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            content = response.read()
            is_json = "json" in (response.headers.get("Content-Type") or "")
            return Answer(response.status, json.loads(content) if content and is_json else None)
        except (OSError, http.client.HTTPException):
            return Answer(0, None)
        finally:
            connection.close()

    def is_well(self) -> bool:
        return self.call("GET", "/health").status == 200

    # -- what is known

    def sql(self, statement: str, *args: Any) -> list[Any]:
        """Rows of one statement, however often the database goes away meanwhile."""
        until = time.monotonic() + 30
        while True:
            try:
                with psycopg.connect(**self._address(), connect_timeout=5) as connection:
                    return connection.execute(statement, args).fetchall()
            except (psycopg.OperationalError, LookupError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def value(self, statement: str, *args: Any) -> Any:
        return self.sql(statement, *args)[0][0]

    def _address(self) -> dict[str, str]:
        place = place_of(self.data)
        recorded = recorded_postmaster(place / "cluster") if place else None
        if recorded is None or not recorded.is_ready:
            raise LookupError("no database runs")
        return {"host": str(recorded.socket_folder), "user": "careline", "dbname": "careline"}

    def spooled(self) -> int:
        folder = self.data / "spool"
        return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0

    def has_settled(self) -> bool:
        """Nothing waits in the spool, every raw message has an outcome and was reacted to, nothing is under way out."""
        return self.spooled() == 0 and self.value(f"SELECT {SETTLED}")


UNREAD = """SELECT count(*) FROM history h LEFT JOIN history_reader r ON r.name = 'reactions'
    WHERE h.name = 'message.received' AND (r.name IS NULL OR (h.tx::text::bigint, h.id) > (r.tx::text::bigint, r.happening))"""
UNDER_WAY = "('held', 'scheduled', 'queued', 'sending', 'handing_over')"
SETTLED = f"""NOT EXISTS (SELECT FROM channels_inbound WHERE outcome = '') AND ({UNREAD}) = 0
    AND NOT EXISTS (SELECT FROM conversations_delivery WHERE state IN {UNDER_WAY} AND due_at < now())"""


class Beside:
    """Runs something in a thread; what it raises comes out at the end of the block."""

    def __init__(self, *works: Callable[[], None]) -> None:
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=[work], daemon=True) for work in works]

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            self._errors.append(error)

    def is_going_on(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def __enter__(self) -> Beside:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        for thread in self._threads:
            thread.join(timeout=90)
        if self._errors and error[0] is None:
            raise self._errors[0]
