"""Texts with variables, as in `Dear {{customer.name|there}}`: filled for each case, never sent with a hole."""

from __future__ import annotations

import re
from collections.abc import Mapping

VARIABLES = ("customer.name", "customer.first_name", "case.number", "case.subject", "agent.name")
VARIABLE = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_.]{0,60})\s*(?:\|([^{}|]*))?\}\}")
"""The one way to write a variable, in texts of every kind: its name, in capitals or not, and the word for where it is empty."""


class Hole(ValueError):
    """A variable that is not known, or has no value here and no word to stand for it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{{{{{name}}}}} has no value here.")
        self.name = name


def unknown_in(text: str) -> tuple[str, ...]:
    """The variables of a text that there are not."""
    return tuple(name for name in used_in(text) if name not in VARIABLES)


def used_in(text: str) -> tuple[str, ...]:
    """The variables of a text, known or not."""
    return tuple(dict.fromkeys(name.lower() for name, _ in VARIABLE.findall(text)))


_OURS = ("customer.", "case.", "agent.", "team.", "company.")


def holes_in(text: str) -> tuple[str, ...]:
    """Variables of ours that stand in words which are about to leave; other words in braces are the writer's own."""
    return tuple(name for name in used_in(text) if name.startswith(_OURS) or name == "cursor")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each variable's value, or with the word behind its bar where it has none. Raises Hole."""

    def value_of(found: re.Match[str]) -> str:
        name, instead = found.group(1).lower(), found.group(2)
        value = values.get(name, "").strip() or (instead or "").strip()
        if not value:
            raise Hole(name)
        return value

    return VARIABLE.sub(value_of, text)
