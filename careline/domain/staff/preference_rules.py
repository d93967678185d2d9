"""Which screen preferences there are, and what each may be. A new one is one line here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_NAME = re.compile(r"[a-z][a-z_]{0,39}")
_STROKE = re.compile(r"(?:Shift\+)?[^\s\x00-\x1f\x7f]")
MOST_KEYS, MOST_STROKES = 200, 3
MOST_SECTIONS = 30


class UnfitPreference(ValueError):
    """There is no such preference, or it can't be this; `name` says which."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True, slots=True)
class Known:
    """`wrong` says in a sentence why a value does not fit; nothing where it does."""

    default: Any
    wrong: Callable[[Any], str]


def fitting(name: str, value: Any) -> Any:
    """The value as it is kept; None, which chooses nothing, fits each. Raises UnfitPreference."""
    if name not in KNOWN:
        raise UnfitPreference(name[:50], f"There is no preference {name[:50]}.")
    if value is not None and (sentence := KNOWN[name].wrong(value)):
        raise UnfitPreference(name, sentence)
    return value


def with_defaults(chosen: dict[str, Any]) -> dict[str, Any]:
    """Every known preference; what is kept but no longer known, or no longer fits, counts as not chosen."""
    return {name: chosen[name] if name in chosen and not known.wrong(chosen[name]) else known.default for name, known in KNOWN.items()}  # fmt: skip


def _wrong_switch(value: Any) -> str:
    return "" if isinstance(value, bool) else "It is true or false."


def _wrong_names(value: Any) -> str:
    """Names of sections that are shut: the screen says which there are."""
    is_fit = isinstance(value, list) and len(value) <= MOST_SECTIONS and all(map(_is_name, value))
    return "" if is_fit else f"It holds up to {MOST_SECTIONS} names of sections."


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _wrong_keys(value: Any) -> str:
    """Key changes are {name of an action: [keys]}; no keys mean none, several strokes are written with spaces, as in "g i"."""
    if not isinstance(value, dict) or len(value) > MOST_KEYS:
        return f"It holds up to {MOST_KEYS} actions, each with its keys."
    taken: dict[str, str] = {}
    for name, keys in value.items():
        if (
            not isinstance(name, str)
            or not _NAME.fullmatch(name)
            or not isinstance(keys, list)
            or len(keys) > MOST_STROKES
        ):
            return f"Each action has a name and up to {MOST_STROKES} keys."
        for key in keys:
            if not is_key(key):
                return 'A key is one character, or up to three after one another, as in "g i"; letters may have Shift+ before them.'
            if key in taken:
                return f"{key} is given to {taken[key]} and to {name}."
            taken[key] = name
    return ""


def is_key(key: Any) -> bool:
    """Whether this can be typed as a shortcut: `j`, `Shift+j`, `#`, `g i`."""
    strokes = key.split(" ") if isinstance(key, str) else []
    return 0 < len(strokes) <= MOST_STROKES and all(_STROKE.fullmatch(stroke) for stroke in strokes)


KNOWN: dict[str, Known] = {
    "keys": Known({}, _wrong_keys),
    "single_keys": Known(True, _wrong_switch),
    "rail_folded": Known([], _wrong_names),
}
"""`keys`: what somebody changed of the keyboard map; `single_keys`: whether single keys act at all; `rail_folded`: which
sections beside a case are shut."""
