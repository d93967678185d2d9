"""A word is put in another's place in the lists of a tree of JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

Node = Mapping[str, Any]


def renamed(tree: Any, old: str, new: str, *, under: Callable[[Node], Collection[str]]) -> Any:
    """The same tree; `under` says of each object by which of its keys such lists stand. Words are compared regardless of case."""
    if isinstance(tree, Mapping):
        keys = under(tree)
        return {
            key: _in_list(held, old, new)
            if key in keys and isinstance(held, list)
            else renamed(held, old, new, under=under)
            for key, held in tree.items()
        }
    return [renamed(part, old, new, under=under) for part in tree] if isinstance(tree, list) else tree


def _in_list(words: list[Any], old: str, new: str) -> list[Any]:
    small = old.lower()
    return [new if isinstance(word, str) and word.lower() == small else word for word in words]
