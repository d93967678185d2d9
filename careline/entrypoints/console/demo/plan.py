"""When what is said: stories laid out over the last weeks, so that they end now."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from careline.entrypoints.console.demo.customers import CAROL, Writer
from careline.entrypoints.console.demo.letters import Earlier
from careline.entrypoints.console.demo.story import Step, Story, steps_of, worded
from careline.entrypoints.console.demo.words import (
    arabic,
    english_front,
    english_money,
    english_workshop,
    french,
    german,
    polish_japanese,
    spanish,
)
from careline.entrypoints.console.demo.words.names import BIKES, PARTS, TOWNS

DAYS = 60
OPENING, CLOSING = 7, 19
STORIES: tuple[Story, ...] = (
    *english_front.STORIES, *english_workshop.STORIES, *english_money.STORIES, *german.STORIES, *french.STORIES,
    *spanish.STORIES, *arabic.STORIES, *polish_japanese.STORIES,
)  # fmt: skip

# Cases nobody has answered yet: minutes since they came in. An answer is due after 24 h, so the last ones are late.
FRESH = (2, 9, 18, 31, 41, 65, 90, 130, 170, 240, 330, 420, 560, 700, 845, 980, 1120, 1270)
DUE_SOON = (1328, 1346, 1371, 1389, 1402, 1425)
LATE = (1475, 1590, 1730, 1990, 2400, 2900, 3700)


@dataclass(slots=True)
class Case:
    """One telling of a story: by whom, since when, and what has become of it while it is told."""

    story: Story
    writer: Writer
    opened_at: datetime
    slots: dict[str, str]
    subject: str
    number: int = 0
    agent: str = ""
    references: list[str] = field(default_factory=list)
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """One step of a case at its time; `turn` keeps the order where two come together."""

    at: datetime
    turn: int
    case: Case = field(compare=False)
    step: Step = field(compare=False)
    is_last: bool = field(compare=False, default=False)


def moments(writers: Sequence[Writer], *, now: datetime, chance: random.Random) -> list[Moment]:
    """All that was said up to `now`, in order."""
    told: list[Moment] = []
    stories = [story for story in STORIES for _ in range(story.times)]
    chance.shuffle(stories)
    deck = Deck(writers, chance)
    fresh = [now - timedelta(minutes=m, seconds=chance.randint(0, 50)) for m in (*FRESH, *DUE_SOON, *LATE)]
    for story, opened_at in zip(stories, chain(fresh, _openings(now, chance)), strict=False):
        case = _case(story, deck.writer_of(story), opened_at, chance)
        steps = list(_timed(case, chance))
        told += steps[:1] if opened_at in fresh else steps
    for turn, moment in enumerate(told):
        object.__setattr__(moment, "turn", turn)
    return sorted(moment for moment in told if moment.at < now)


def _openings(now: datetime, chance: random.Random) -> Iterator[datetime]:
    """Moments within opening hours, denser towards now; as many as are asked for."""
    while True:
        back = DAYS * chance.random() ** 1.25
        moment = now - timedelta(days=max(back, 0.3))
        hour = chance.choices(range(6, 22), (1, 3, 6, 8, 8, 7, 5, 5, 6, 6, 5, 4, 3, 3, 2, 1))[0]
        moment = moment.replace(hour=hour, minute=chance.randint(0, 59), second=chance.randint(0, 59))
        if moment < now and (moment.weekday() < 5 or chance.random() < 0.35):
            yield moment


def _case(story: Story, writer: Writer, opened_at: datetime, chance: random.Random) -> Case:
    slots = {
        "first": writer.first, "name": writer.name, "order": str(chance.randint(1001, 9980)), "bike": chance.choice(BIKES),
        "part": chance.choice(PARTS), "town": chance.choice(TOWNS), "amount": f"{chance.randint(18, 980)}.{chance.choice(('00', '50', '90'))} EUR",
        "day": str(chance.randint(2, 28)), "few": str(chance.randint(2, 7)), "many": str(chance.choice((24, 30, 36, 48))),
    }  # fmt: skip
    return Case(story, writer, opened_at, slots, worded(story.subject, slots=slots, chance=chance))


class Deck:
    """Writers of one language in turn, shuffled anew after each round, so that nobody writes twice in a row."""

    def __init__(self, writers: Sequence[Writer], chance: random.Random) -> None:
        self._writers, self._chance = writers, chance
        self._left: dict[str, list[Writer]] = {}

    def writer_of(self, story: Story) -> Writer:
        if story.language == "en" and self._chance.random() < 0.03:
            return CAROL
        left = self._left.setdefault(story.language, [])
        if not left:
            left += [writer for writer in self._writers if writer.language == story.language]
            self._chance.shuffle(left)
        return left.pop()


def _timed(case: Case, chance: random.Random) -> Iterator[Moment]:
    at = case.opened_at
    steps = steps_of(case.story)
    for number, step in enumerate(steps):
        if number:
            at = _next(at, steps[number - 1], step, chance)
        said = Step(step.speaker, step.extras, worded(step.text, slots=case.slots, chance=chance))
        yield Moment(at, 0, case, said, is_last=number == len(steps) - 1)


def _next(at: datetime, before: Step, step: Step, chance: random.Random) -> datetime:
    """Customers answer when they do; we within hours, and only while somebody is here."""
    if step.speaker == "customer":
        return at + timedelta(minutes=chance.choice((12, 40, 95, 200, 420, 900, 1500, 2600)) * chance.uniform(0.6, 1.5))
    pause = (6, 15, 30) if step.speaker == "note" or before.speaker == "note" else (14, 35, 70, 130, 240, 380, 1100)
    at += timedelta(minutes=chance.choice(pause) * chance.uniform(0.6, 1.4))
    if at.hour < OPENING or at.hour >= CLOSING:
        at += timedelta(hours=(OPENING - at.hour) % 24, minutes=chance.randint(0, 150))
    return at
