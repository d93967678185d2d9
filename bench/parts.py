"""The parts of a run, in order. Each measures into a `Part`, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.figures import Part
from bench.place import install


@dataclass(frozen=True, slots=True)
class Measured:
    title: str
    measure: Callable[[Part, int], None]


def _intake_at_zero(part: Part, size: int) -> None:
    with install("empty", fresh=True):
        from bench import intake

        intake.threads(part)
        intake.measure(part, mails=1600, label="no cases before", has_targets=False)


PARTS = {
    "intake-empty": Measured("Mail in, into an empty install", _intake_at_zero),
}
