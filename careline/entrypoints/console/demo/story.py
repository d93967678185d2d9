"""A story as it is written down (words/), and its steps with one choice of words."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_SLOT = re.compile(r"\{([a-z]+)\}")
_SPEAKER = re.compile(r"^(customer|agent|note)((?: [a-z]+)*):$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Story:
    """What one kind of case sounds like. `team` where it differs from the mailbox's own."""

    subject: str
    says: str
    language: str = "en"
    mailbox: str = "support"
    team: str = ""
    tags: tuple[str, ...] = ()
    priority: str = "normal"
    times: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said. `extras` are attachments by name (papers.py) or, for us, the first name of who says it."""

    speaker: str
    extras: tuple[str, ...]
    text: str


def steps_of(story: Story) -> list[Step]:
    """What is said, in order, its choices still open."""
    marks = list(_SPEAKER.finditer(story.says))
    ends = [mark.start() for mark in marks[1:]] + [len(story.says)]
    return [
        Step(mark[1], tuple(mark[2].split()), story.says[mark.end() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
    ]


def worded(text: str, *, slots: Mapping[str, str], chance: random.Random) -> str:
    """With one of each choice taken and the slots filled; lines of a paragraph are joined."""
    named = _SLOT.sub(lambda slot: slots.get(slot[1], slot[0]), text)
    while _CHOICE.search(named):
        named = _CHOICE.sub(lambda choice: chance.choice(choice[1].split("|")), named)
    paragraphs = [_joined(part) for part in re.split(r"\n\s*\n", named)]
    return "\n\n".join(part for part in paragraphs if part)


def _joined(paragraph: str) -> str:
    lines = [line.strip() for line in paragraph.splitlines()]
    kept = ""
    for line in lines:
        kept += ("\n" if line.startswith("- ") else " " if kept else "") + line
    return re.sub(r" {2,}", " ", kept).strip()
