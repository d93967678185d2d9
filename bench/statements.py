"""Where the time of intake goes: understanding, files, and SQL by the kind of statement."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from careline.flows import take_in as intake
from careline.kit import db, storage

_KIND = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|SELECT)\s+(\w+)")


class Watched:
    """Counts calls and seconds by kind while it watches. What is neither is Python around it."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._calls: defaultdict[str, int] = defaultdict(int)
        self._total = 0.0

    @contextmanager
    def watching(self) -> Iterator[None]:
        genuine = [
            (intake, "_understand"),
            (storage.Writing, "finish"),
            (storage.Store, "begin"),
            (db, "_ran"),
            (db, "send"),
        ]
        held = [(place, name, getattr(place, name)) for place, name in genuine]
        kinds = ["understanding (parse)", "files (waiting for the disk)", "files (digests)", "", ""]
        began = time.perf_counter()
        try:
            for (place, name, call), kind in zip(held, kinds, strict=True):
                setattr(place, name, self._timed(call, kind))
            with connection.execute_wrapper(self._django):
                yield
        finally:
            self._total += time.perf_counter() - began
            for place, name, call in held:
                setattr(place, name, call)

    def table(self, mails: int) -> tuple[list[str], list[list[str]]]:
        """Per mail: ms and calls of each kind, the dearest first."""
        known = sum(self._seconds.values())
        rows = sorted(self._seconds.items(), key=lambda item: -item[1])
        shown = [[kind, f"{s * 1000 / mails:.3f}", f"{self._calls[kind] / mails:.2f}"] for kind, s in rows[:16]]
        shown.append(["the rest of our Python, commits", f"{(self._total - known) * 1000 / mails:.3f}", ""])
        shown.append(["in total", f"{self._total * 1000 / mails:.3f}", ""])
        return ["kind", "ms a mail", "calls a mail"], shown

    def note(self, kind: str, seconds: float) -> None:
        self._seconds[kind] += seconds
        self._calls[kind] += 1

    def _timed(self, call: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return call(*args, **named)
            finally:
                self.note(kind or kind_of(args[0]), time.perf_counter() - began)

        return timed

    def _django(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.note(kind_of(sql), time.perf_counter() - began)


def kind_of(sql: str) -> str:
    """The verb and table of a statement's first write, else of its first word."""
    if "SAVEPOINT" in sql:
        return "savepoints"
    writes = [m for m in _KIND.finditer(sql) if m[1] != "SELECT"]
    first = writes[0] if writes else None
    return f"{first[1].lower()} {first[2]}" if first else " ".join(sql.split()[:6])[:60]
