"""A figure: what was promised, what was seen, and whether that is enough."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """`target` and `seen` in `unit`; `at_most` for a cost, else the more the better. Without a target it only informs."""

    name: str
    seen: float
    unit: str
    target: float | None = None
    at_most: bool = False
    remark: str = ""

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        enough = self.seen <= self.target if self.at_most else self.seen >= self.target
        return "ok" if enough else "short"

    def cells(self) -> list[str]:
        bound = (
            "" if self.target is None else f"{'≤' if self.at_most else '≥'} {_short(self.target)} {self.unit}".strip()
        )
        return [self.name, bound, f"{_short(self.seen)} {self.unit}".strip(), self.verdict, self.remark]


@dataclass(slots=True)
class Part:
    """One part of the page: its figures, and tables that say where the time goes."""

    title: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[str], list[list[str]]]] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        self.figures.append(figure)
        print("  " + " | ".join(cell for cell in figure.cells() if cell), flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed; nan of nothing."""
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)] if values else math.nan


def cpu_ms(call: Callable[[], object], *, times: int) -> tuple[float, float, float]:
    """Median and p99 of this thread's CPU per call, and the median of the time it took, all in ms; two calls warm up."""
    call(), call()
    spent, took = [], []
    for _ in range(times):
        cpu, wall = time.thread_time(), time.perf_counter()
        call()
        spent.append((time.thread_time() - cpu) * 1000)
        took.append((time.perf_counter() - wall) * 1000)
    return percentile(spent, 0.5), percentile(spent, 0.99), percentile(took, 0.5)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
