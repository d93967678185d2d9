"""Walking a troubleshooting guide: a path is what was answered so far, and says where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careline.domain.knowledge.rules.guides import Answer, Step


class LostPath(ValueError):
    """An answer that the step does not have, or that was given elsewhere already."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a path leads: `step` is asked next, or the guide has ended with the answer `ended`; `walked` is what lies behind."""

    walked: tuple[tuple[Step, Answer], ...]
    step: Step | None
    ended: Answer | None = None


def stand_of(steps: Sequence[Step], path: Sequence[Sequence[str]]) -> Stand:
    """`path`: (key of the step, key of the answer), from the first step on. Raises LostPath."""
    by_key = {step.key: step for step in steps}
    at: Step | None = steps[0] if steps else None
    walked: list[tuple[Step, Answer]] = []
    for step_key, answer_key in path:
        answer = at.answer(answer_key) if at is not None and at.key == step_key else None
        if at is None or answer is None:
            raise LostPath("This guide has no such answer here.")
        walked.append((at, answer))
        at = None if answer.end else by_key.get(answer.to)
    ended = walked[-1][1] if walked and walked[-1][1].end else None
    return Stand(tuple(walked), at, ended)


def answered(steps: Sequence[Step], path: Sequence[Sequence[str]], *, step: str, answer: str) -> list[list[str]]:
    """The path with one answer more. The same answer given once more (a double click) changes nothing. Raises LostPath."""
    kept = [list(pair) for pair in path]
    if kept and kept[-1] == [step, answer]:
        return kept
    stand = stand_of(steps, kept)
    if stand.step is None or stand.step.key != step:
        raise LostPath("This step was answered already.")
    if stand.step.answer(answer) is None:
        raise LostPath("This guide has no such answer here.")
    return [*kept, [step, answer]]
