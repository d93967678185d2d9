"""Variables of a canned reply: `{{customer.first_name}}`, with a word for where it is empty: `{{customer.first_name|there}}`.

Nothing is run: a name is looked up, once. What a value says is never read as a variable again, so a customer who writes
`{{agent.email}}` into a subject learns nothing.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from careline.domain.conversations.rules.filling import VARIABLE

VARIABLES = {
    "customer.name": "The customer's name", "customer.first_name": "The customer's first name", "customer.last_name": "The customer's last name",
    "customer.email": "The customer's mail address", "customer.company": "The customer's company",
    "case.number": "The case's number", "case.subject": "The case's subject", "case.status": "The case's status",
    "agent.name": "Your name", "agent.first_name": "Your first name", "agent.email": "Your mail address",
    "team.name": "The case's team", "team.signature": "The signature of the case's team",
    "company.name": "The name of your company", "brand.name": "The case's brand", "today": "Today's date",
    "cursor": "Where you go on writing",
}  # fmt: skip
CURSOR = "cursor"


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables' values. `cursor`: where to go on writing, None at the end. `unfilled`: those that stand there
    still, because nobody knows them or they are empty here: never to be sent so."""

    text: str
    cursor: int | None = None
    unfilled: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str], *, is_html: bool = False) -> Filled:
    """Puts values in; in HTML they are escaped. The first {{cursor}} is a place, others vanish."""
    parts: list[str] = []
    unfilled: list[str] = []
    length, cursor, end = 0, None, 0
    for found in VARIABLE.finditer(text):
        before, end = text[end : found.start()], found.end()
        name, fallback = found[1].lower(), (found[2] or "").strip()
        value = values.get(name, "") or fallback
        if name == CURSOR:
            cursor, value = (length + len(before) if cursor is None else cursor), ""
        elif not value and not _may_be_empty(name):
            unfilled.append(found[0])
            value = found[0]
        elif is_html:
            value = html.escape(value)
        parts += [before, value]
        length += len(before) + len(value)
    return Filled("".join([*parts, text[end:]]), cursor, tuple(dict.fromkeys(unfilled)))


def unknown_in(text: str) -> list[str]:
    """Names in a text that are no variables: what its writer is told when it is kept."""
    names = dict.fromkeys(found[1] for found in VARIABLE.finditer(text))
    return [name for name in names if name.lower() not in VARIABLES]


def _may_be_empty(name: str) -> bool:
    """A team without a signature has none; a customer without a name would be greeted by nobody's."""
    return name in ("team.signature", "team.name", "brand.name")


def first_name(name: str) -> str:
    """The first word of a name; of `Jensen, Carol` the one behind the comma; none of a mail address."""
    if "@" in name:
        return ""
    last, comma, first = name.partition(",")
    words = (first if comma and first.strip() else last).split()
    return words[0] if words else ""


def last_name(name: str) -> str:
    if "@" in name:
        return ""
    last, comma, first = name.partition(",")
    if comma and first.strip():
        return last.strip()
    words = name.split()
    return words[-1] if len(words) > 1 else ""
