"""Steps of a checklist, as they are written: one a line, `!` before those that must be done before a case is resolved."""

from __future__ import annotations

from dataclasses import dataclass

MOST_STEPS = 50
LONGEST = 300


class BadSteps(ValueError):
    """A checklist that can't be kept; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    is_required: bool = False


def steps_in(words: str) -> tuple[Step, ...]:
    """Raises BadSteps."""
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return judged(
        tuple(Step(line.lstrip("! ").strip(), line.strip().startswith("!")) for line in lines if line.strip("! "))
    )


def judged(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same. Raises BadSteps."""
    if not steps:
        raise BadSteps("There is no step in it.")
    if len(steps) > MOST_STEPS:
        raise BadSteps(f"A checklist has at most {MOST_STEPS} steps.")
    if any(not step.text.strip() or len(step.text) > LONGEST for step in steps):
        raise BadSteps(f"A step has 1 to {LONGEST} characters.")
    return steps


def written(steps: tuple[Step, ...]) -> str:
    """As `steps_in` reads it."""
    return "\n".join(("! " if step.is_required else "") + step.text for step in steps)
