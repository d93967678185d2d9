"""The language of queries: words, "exact words", -not, pre*, and operator:value. Reading it never fails."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from careline.kit.search.spelling import distance

LONGEST = 1_000
MOST_TOKENS = 40
WORD, PHRASE, PREFIX, OPERATOR, UNKNOWN = "word", "phrase", "prefix", "operator", "unknown"

_QUOTES = '"“”„«»'
_SPACE = re.compile(r"\s*")
_OPERATOR = re.compile(r"([^\W\d_][\w-]*)(?:\.([^\s:\"]+))?:(?!//)", re.UNICODE)
_BARE = re.compile(rf"[^\s{_QUOTES}]+|[{_QUOTES}]")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query. `start` and `end` are where it stands in the text, so that it can be taken out.

    `name` is an operator's, `detail` what stands behind its point (`field.colour:red`); of an unknown operator
    `suggestion` is a known one that may have been meant. `exact` says that the value stood in quotes.
    """

    kind: str
    value: str
    start: int
    end: int
    negated: bool = False
    name: str = ""
    detail: str = ""
    exact: bool = False
    suggestion: str = ""


def parse(text: str, operators: Collection[str]) -> list[Token]:
    """The pieces of a query in their order; at most 40 of the first 1,000 characters."""
    text = text[:LONGEST]
    tokens: list[Token] = []
    at = _SPACE.match(text).end()  # type: ignore[union-attr]
    while at < len(text) and len(tokens) < MOST_TOKENS:
        token = _token(text, at, operators)
        if token.value or token.kind in (OPERATOR, UNKNOWN):
            tokens.append(token)
        at = _SPACE.match(text, max(token.end, at + 1)).end()  # type: ignore[union-attr]
    return tokens


def without(text: str, token: Token) -> str:
    """The query with one of its pieces taken out."""
    return " ".join(f"{text[: token.start]} {text[token.end :]}".split())


def _token(text: str, start: int, operators: Collection[str]) -> Token:
    negated = text[start] in "-−" and start + 1 < len(text) and not text[start + 1].isspace()
    at = start + negated
    if named := _OPERATOR.match(text, at):
        name = named[1].casefold()
        value, exact, end = _value(text, named.end())
        if name in operators:
            return Token(OPERATOR, value, start, end, negated, name, (named[2] or "").casefold(), exact)
        meant = _meant(name, operators)
        if value and len(name) > 1:
            return Token(UNKNOWN, value, start, end, negated, name, named[2] or "", exact, meant)
    if text[at] in _QUOTES:
        value, _, end = _value(text, at)
        return Token(PHRASE, value, start, end, negated, exact=True)
    if text[at] == "#" and "number" in operators and (number := re.match(r"#(\d{1,18})\b", text[at:])):
        return Token(OPERATOR, number[1], start, at + number.end(), negated, "number")
    value, _, end = _value(text, at)
    if value.endswith("*") and value.strip("*"):
        return Token(PREFIX, value.strip("*"), start, end, negated)
    return Token(WORD, value.strip("*"), start, end, negated)


def _value(text: str, at: int) -> tuple[str, bool, int]:
    """What stands here up to the closing quote or the next space: (words, whether quoted, where it ends)."""
    if at < len(text) and text[at] in _QUOTES:
        closing = re.compile(f"[{_QUOTES}]").search(text, at + 1)
        end = closing.start() if closing else len(text)
        return " ".join(text[at + 1 : end].split()), True, min(len(text), end + 1)
    bare = _BARE.match(text, at)
    return (bare[0], False, bare.end()) if bare else ("", False, at)


def _meant(name: str, operators: Collection[str]) -> str:
    near = [(distance(name, known, most=2), known) for known in sorted(operators)]
    best = min((found for found in near if found[0] <= min(2, len(name) // 2)), default=None)
    return best[1] if best else ""
