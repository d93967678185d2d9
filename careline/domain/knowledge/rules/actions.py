"""What a macro does: a list of actions, as data.

[{"do": "assign", "to": "me" | "nobody" | ID}, {"do": "team", "to": ID | "none"}, {"do": "tag", "names": […]}, {"do": "untag", "names": […]},
{"do": "priority", "to": "high"}, {"do": "snooze", "hours": 24}, {"do": "resolve"}, {"do": "reopen"}, {"do": "status", "to": CODE},
{"do": "note", "texts": {language: text}}, {"do": "reply", "texts": {language: text}}]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PRIORITIES = ("low", "normal", "high", "urgent")
MOST_ACTIONS = 20
LONGEST_TEXT = 50_000
MOST_HOURS = 24 * 366


class BadMacro(ValueError):
    """What a macro can't do, in a sentence; `field` names the part."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = part


def actions_from(given: Any) -> list[dict[str, Any]]:
    """The actions of a macro, each in its form, none twice but tags. Raises BadMacro."""
    if not isinstance(given, list) or not given:
        raise BadMacro("actions", "A macro does at least one thing.")
    if len(given) > MOST_ACTIONS:
        raise BadMacro("actions", f"A macro does at most {MOST_ACTIONS} things.")
    read = [_action(n, action) for n, action in enumerate(given)]
    kinds = [action["do"] for action in read]
    for kind in kinds:
        if kind not in ("tag", "untag") and kinds.count(kind) > 1:
            raise BadMacro("actions", f"A macro can do this once only: {kind}.")
    if sum(kind in ("resolve", "reopen", "status", "snooze") for kind in kinds) > 1:
        raise BadMacro("actions", "A macro resolves, reopens, gives a status or snoozes: one of them.")
    return read


def _action(n: int, given: Any) -> dict[str, Any]:
    kind = given.get("do") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in _FORMS:
        raise BadMacro(f"actions[{n}].do", f"A macro can {', '.join(_FORMS)}.")
    takes, reader = _FORMS[kind]
    if unknown := set(given) - {"do", takes}:
        raise BadMacro(f"actions[{n}].{min(unknown)}", f"{kind} takes nothing of this name.")
    if not takes:
        return {"do": kind}
    return {"do": kind, takes: reader(f"actions[{n}].{takes}", given.get(takes))}


def _key_or(*words: str) -> Callable[[str, Any], str]:
    def read(part: str, value: Any) -> str:
        word = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        if word in words or (word.isascii() and word.isdecimal() and len(word) <= 18):
            return word
        raise BadMacro(part, f"Give an id, {' or '.join(words)}.")

    return read


def _names(part: str, value: Any) -> list[str]:
    names = [str(name).strip() for name in value] if isinstance(value, list) else []
    names = list(dict.fromkeys(name for name in names if name))
    if not names or len(names) > 20 or any(len(name) > 100 for name in names):
        raise BadMacro(part, "Give up to 20 tags, each with at most 100 characters.")
    return names


def _priority(part: str, value: Any) -> str:
    if value not in PRIORITIES:
        raise BadMacro(part, f"A priority is {', '.join(PRIORITIES)}.")
    return str(value)


def _hours(part: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_HOURS:
        raise BadMacro(part, f"Give hours from 1 to {MOST_HOURS}.")
    return value


def _code(part: str, value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise BadMacro(part, "Give a status by its code.")
    return value


def _texts(part: str, value: Any) -> dict[str, str]:
    given = value if isinstance(value, dict) else {}
    texts = {str(language): text for language, text in given.items() if isinstance(text, str) and text.strip()}
    if not texts or any(len(text) > LONGEST_TEXT for text in texts.values()) or any(len(code) > 20 for code in texts):
        raise BadMacro(part, f"Give the text by language, each with at most {LONGEST_TEXT:,} characters.")
    return texts


def _nothing(part: str, value: Any) -> None:
    """Takes no word."""


_FORMS: dict[str, tuple[str, Callable[[str, Any], Any]]] = {
    "assign": ("to", _key_or("me", "nobody")), "team": ("to", _key_or("none")), "tag": ("names", _names), "untag": ("names", _names),
    "priority": ("to", _priority), "snooze": ("hours", _hours), "resolve": ("", _nothing), "reopen": ("", _nothing),
    "status": ("to", _code), "note": ("texts", _texts), "reply": ("texts", _texts),
}  # fmt: skip
