"""Root causes stand in a tree: read in its order, counted with all that stands below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

DEEPEST = 4


class Cause(NamedTuple):
    id: int
    parent: int | None
    name: str
    position: int = 0


class Placed(NamedTuple):
    """`depth` is 0 at the top; `path` the names from there."""

    id: int
    depth: int
    path: tuple[str, ...]


def in_order(causes: Iterable[Cause]) -> list[Placed]:
    """Each before what stands below it, neighbours by position and name."""
    children: dict[int | None, list[Cause]] = {}
    for one in sorted(causes, key=lambda one: (one.position, one.name.casefold(), one.id)):
        children.setdefault(one.parent, []).append(one)

    def below(parent: int | None, path: tuple[str, ...]) -> list[Placed]:
        found = []
        for one in children.get(parent, ()):
            here = (*path, one.name)
            found += [Placed(one.id, len(path), here), *below(one.id, here)]
        return found

    return below(None, ())


def counted(placed: Iterable[Placed], parents: Mapping[int, int | None], own: Mapping[int, int]) -> dict[int, int]:
    """How many there are at each with all below."""
    totals = {one.id: own.get(one.id, 0) for one in placed}
    for key in list(totals):
        above = parents.get(key)
        while above is not None:
            totals[above] = totals.get(above, 0) + own.get(key, 0)
            above = parents.get(above)
    return totals
