"""A query as it was typed, made into conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from careline.domain.desk.queries.search.conditions import Asking, Condition, NotAValue, condition_of, date_condition
from careline.domain.desk.queries.search.operators import CLOSED_VALUES, OPERATORS, TEXT_PARTS, VALUES
from careline.domain.desk.queries.search.words import AskedWords, asked_words
from careline.domain.staff.rules import Person
from careline.kit.search.moments import span_of
from careline.kit.search.query import OPERATOR, UNKNOWN, Token, parse
from careline.kit.search.spelling import distance

_DATES = ("before", "after", "on")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A piece that could not be taken as it stands: an unknown operator (searched as words), or a value that means nothing.

    `suggestion` is what to put in its place, empty where nothing is near.
    """

    token: Token
    suggestion: str = ""

    @property
    def is_value(self) -> bool:
        return self.token.kind == OPERATOR


@dataclass(frozen=True, slots=True)
class Asked:
    """`cases` are conditions on a case `c`, `dates` those on a moment, to be asked of a case or of a message by `dated`."""

    text: str
    tokens: tuple[Token, ...]
    words: AskedWords
    cases: tuple[Condition, ...] = ()
    dates: tuple[tuple[Token, Asking], ...] = ()
    messages: tuple[Condition, ...] = ()
    troubles: tuple[Trouble, ...] = field(default_factory=tuple)
    wants_spam: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words.tsquery or self.words.patterns or self.words.unwanted_patterns or self.words.is_impossible
                    or self.cases or self.dates or self.messages)  # fmt: skip

    @property
    def has_words(self) -> bool:
        return bool(self.words.tsquery or self.words.patterns or self.words.unwanted_patterns or self.messages)

    @property
    def until(self) -> datetime | None:
        """Nothing younger than this is asked for."""
        ends = []
        for token, asking in self.dates:
            span = span_of(token.value, at=asking.at, zone=asking.zone)
            if span is not None and not token.negated and token.name != "after":
                ends.append(span[0] if token.name == "before" else span[1])
        return min(ends, default=None)

    def dated(self, column: str) -> list[Condition]:
        return [date_condition(token, column, asking) for token, asking in self.dates]


def asked_of(
    text: str, person: Person, *, at: datetime, languages: Sequence[str], zone: tzinfo = UTC, typing: bool = False
) -> Asked:
    """Never fails: what can't be understood is told in `troubles`. `typing`: the last word may not be finished."""
    tokens = parse(text.replace("\0", " "), OPERATORS)
    cases: list[Condition] = []
    dates: list[tuple[Token, Asking]] = []
    messages: list[Condition] = []
    troubles = [Trouble(token, token.suggestion) for token in tokens if token.kind == UNKNOWN]
    for place, token in enumerate(tokens):
        if token.kind != OPERATOR or not token.value:
            continue
        asking = Asking(person, at, zone, place)
        try:
            if token.name in _DATES:
                date_condition(token, "c.created_at", asking)
                dates.append((token, asking))
            elif token.name in TEXT_PARTS:
                messages += [_from_me(token, asking)] if _is_me(token) else []
            else:
                cases.append(condition_of(token, asking))
        except NotAValue:
            troubles.append(Trouble(token, _near(token)))
    return Asked(
        text=text, tokens=tuple(tokens), words=asked_words([t for t in tokens if not _is_me(t)], languages, typing=typing),
        cases=tuple(cases), dates=tuple(dates), messages=tuple(messages), troubles=tuple(troubles),
        wants_spam=any((t.name in ("is", "number") and t.value.casefold() in ("spam",)) or t.name == "number" for t in tokens),
    )  # fmt: skip


def _is_me(token: Token) -> bool:
    return token.kind == OPERATOR and token.name == "from" and token.value.casefold() == "me"


def _from_me(token: Token, asking: Asking) -> Condition:
    name = f"q{asking.place}_me"
    sql = f"(m.author_kind = 'agent' AND m.author_id = %({name})s)"
    return (f"NOT {sql}" if token.negated else sql), {name: asking.person.id}


def _near(token: Token) -> str:
    if token.name not in CLOSED_VALUES:
        return ""
    ranked = sorted((distance(token.value.casefold(), value, most=2), value) for value in VALUES[token.name])
    return f"{token.name}:{ranked[0][1]}" if ranked[0][0] <= 2 else ""
