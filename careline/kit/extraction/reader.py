"""Reads files in a child process, which is started when there is something to read and ended when it takes too long."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from careline.kit.extraction.kinds import MOST_BYTES, kind_of

SECONDS = 20.0
FILES_FOR_A_CHILD = 200
"""After so many the child is replaced: what its libraries hold on to goes with it."""
_PACKAGES = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Extracted:
    """`state` is read, empty, unknown, too_big, locked, broken, or failed where the child ended or was too slow."""

    state: str
    text: str = ""


class Reader:
    """Not to be shared between threads."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def text_of(self, content: bytes, *, name: str, media_type: str, most: int) -> Extracted:
        """At most `most` characters of what the file says."""
        if len(content) > MOST_BYTES:
            return Extracted("too_big")
        if not kind_of(name, media_type, begins=content[:1024]):
            return Extracted("unknown")
        child = self._running()
        slow = threading.Timer(self._seconds, child.kill)
        slow.daemon = True
        slow.start()
        try:
            answer = _asked(child, content, name=name, media_type=media_type, most=most)
        finally:
            slow.cancel()
        if answer is None:
            self.close()
            return Extracted("failed")
        self._read += 1
        if self._read >= FILES_FOR_A_CHILD:
            self.close()
        return answer

    def close(self) -> None:
        child, self._child, self._read = self._child, None, 0
        if child is None:
            return
        child.kill()
        with contextlib.suppress(OSError):
            child.communicate(timeout=5)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_PACKAGES), "LANG": "C.UTF-8"}
            self._child = subprocess.Popen(
                [sys.executable, "-m", "careline.kit.extraction.child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env,
            )  # fmt: skip
        return self._child


def _asked(child: subprocess.Popen[bytes], content: bytes, **asked: object) -> Extracted | None:
    """The child's answer; None where it died over it."""
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(json.dumps({**asked, "size": len(content)}).encode() + b"\n")
        child.stdin.write(content)
        child.stdin.flush()
        line = child.stdout.readline()
        return Extracted(**json.loads(line)) if line.endswith(b"\n") else None
    except (OSError, ValueError):
        return None
