"""Who is asked: the lowest who may. First whoever stands above the asker, step by step; then anybody else who may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

UNENDING = 1_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may approve this. `step`: how far above the asker, 1 the nearest; None: not above them.

    `deputies` stand in for them just now. `is_free`: has no limit; `waiting`: how many requests wait for them.
    """

    agent: int
    step: int | None = None
    deputies: tuple[int, ...] = ()
    is_free: bool = False
    is_away: bool = False
    waiting: int = 0


def in_order(candidates: Iterable[Candidate], *, but: Collection[int]) -> Iterator[int]:
    """Whom to ask one after the other; never those of `but` (the asker, and who was asked before), nor by deputy of them.

    Whoever is absent is asked through a deputy; without one that may be asked they are passed over till the end.
    """
    ordered = sorted(candidates, key=_place)
    seen, later = set(but), []
    for one in ordered:
        standing_in = [key for key in one.deputies if key not in seen]
        if one.agent in seen:
            continue
        if one.deputies and not standing_in:
            later.append(one.agent)
            continue
        chosen = standing_in[0] if standing_in else one.agent
        seen.add(chosen)
        yield chosen
    yield from (key for key in later if key not in seen)


def _place(one: Candidate) -> tuple[int, bool, bool, int, int]:
    return (UNENDING if one.step is None else one.step, one.is_free, one.is_away, one.waiting, one.agent)
