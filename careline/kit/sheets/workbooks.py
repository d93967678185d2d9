"""Workbooks of strangers are read in a child process (`workbook_child.py`) with limits of memory and time: one costs its own rows, nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MEMORY = 768 * 1024 * 1024
_PACKAGES = Path(__file__).resolve().parents[3]
_DIED = "The workbook is too large to be read; part it, or save it as CSV."


class NotReadable(ValueError):
    """A workbook that can't be read; the text is one sentence."""


def rows_of_workbook(content: bytes, *, most_columns: int, most_rows: int, memory: int = MEMORY) -> Iterator[list[str]]:
    """The rows of the first sheet that are not empty, as they are asked for; who stops asking ends the child. Raises NotReadable."""
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_PACKAGES), "LANG": "C.UTF-8"}
    command = [
        sys.executable,
        "-m",
        "careline.kit.sheets.workbook_child",
        str(most_columns),
        str(most_rows),
        str(memory),
    ]
    child = subprocess.Popen(  # noqa: S603  our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        try:
            child.stdin.write(content)
            child.stdin.close()
        except OSError as error:
            raise NotReadable(_DIED) from error
        for line in child.stdout:
            told = json.loads(line) if line.endswith(b"\n") else _DIED
            if told is None:
                return
            if isinstance(told, str):
                raise NotReadable(told)
            yield told
        raise NotReadable(_DIED)
    finally:
        child.kill()
        child.stdout.close()
        child.wait()
