"""Which known word may have been meant: by what is left of both when a letter is taken out."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST, LONGEST = 4, 24
_TWICE_FROM = 7


def neighbours(word: str) -> list[str]:
    """The word and all that is left of it when one letter is taken out: what a known word is found by."""
    return list(dict.fromkeys([word, *_deletes([word])]))


def asked_neighbours(word: str) -> list[str]:
    """The same of a word that was typed, which may have two letters too many where it is long."""
    once = _deletes([word])
    return list(dict.fromkeys([word, *once, *(_deletes(once) if len(word) >= _TWICE_FROM else [])]))


def best(word: str, known: Iterable[tuple[str, int]]) -> str:
    """Of (word, how often it occurs) the one that was most likely meant; empty where none is near enough."""
    most = 1 if len(word) < _TWICE_FROM else 2
    ranked = sorted(
        (distance(word, other, most=most), other[:1] != word[:1], -count, other)
        for other, count in known
        if other != word and abs(len(other) - len(word)) <= most
    )
    return ranked[0][3] if ranked and ranked[0][0] <= most else ""


def distance(one: str, other: str, *, most: int) -> int:
    """Letters added, left out, changed or swapped with their neighbour; `most` + 1 for whatever is more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


def _deletes(words: Iterable[str]) -> list[str]:
    return [word[:at] + word[at + 1 :] for word in words for at in range(len(word)) if len(word) > 2]
