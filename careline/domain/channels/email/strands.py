"""Mails that hang together, told from their headers before they are understood. Pure.

Of one sender, or naming each other's Message-ID: such come in one after the other, as they came. All others may come in at
the same time. What is overlooked here costs nothing but a wait: the words and cases themselves are locked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_MOST_OF_A_HEAD = 32 * 1024
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_FIELD = re.compile(
    rb"^(from|message-id|in-reply-to|references)[ \t]*:(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE
)
_WORD = re.compile(rb'[^\s<>(),;:"]+')


def lanes_of(mails: Sequence[tuple[bytes, str]], *, count: int) -> list[list[int]]:
    """Places of the mails (raw bytes, envelope sender) in `count` lanes, about as many in each and in order within; those
    that hang together are in one. A lane is empty where all do.
    """
    strand = _strands(mails)
    lanes: list[list[int]] = [[] for _ in range(count)]
    load, lane_of = [0] * count, {}
    size = Counter(strand)
    for place, first in enumerate(strand):
        if first not in lane_of:
            lane_of[first] = load.index(min(load))
            load[lane_of[first]] += size[first]
        lanes[lane_of[first]].append(place)
    return lanes


def _strands(mails: Sequence[tuple[bytes, str]]) -> list[int]:
    """For each mail the place of the first that it hangs together with, itself where there is none before."""
    leader = list(range(len(mails)))

    def led(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    seen: dict[bytes, int] = {}
    for place, (raw, sender) in enumerate(mails):
        for word in _words(raw, sender):
            low, high = sorted((led(seen.setdefault(word, place)), led(place)))
            leader[high] = low
    return [led(place) for place in range(len(mails))]


def _words(raw: bytes, sender: str) -> Iterator[bytes]:
    """Whom it is from and which messages it names; the envelope's sender where From names nobody."""
    head = raw[:_MOST_OF_A_HEAD]
    end = _END_OF_HEAD.search(head)
    is_said = False
    for name, value in _FIELD.findall(head[: end.start()] if end else head):
        for word in _WORD.findall(value):
            if b"@" in word:
                is_said = is_said or name.lower() == b"from"
                yield word.lower()
    if sender and not is_said:
        yield sender.lower().encode(errors="surrogateescape")
