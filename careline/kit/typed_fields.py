"""Fields that a company adds to its records: what may stand in one, how it is kept as JSON, shown and compared.

Raw values come from a form (text), from JSON (text, numbers, booleans, lists) or from a cell of a sheet (also dates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

Kind = Literal["text", "number", "date", "choice", "choices", "yes_no", "url"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_TEXT = 10_000
LONGEST_URL = 2_000
MOST_DIGITS = 15
"""As many as a JSON number carries through any program unharmed."""

Value = str | int | float | bool | list[str]
"""As it is kept: text and url a string, number an int or float, date YYYY-MM-DD, choice a code, choices a list of codes in
the order of the definition, yes_no a boolean. What is empty is not kept at all."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,49}")
_YES = frozenset(("yes", "y", "true", "1", "on", "x", "ja", "oui", "si", "sí", "tak"))
_NO = frozenset(("no", "n", "false", "0", "off", "nein", "non", "nie"))
_DATES = (
    (re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]\d{2}:\d{2}.*)?"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), (3, 2, 1)),
)
_GROUPED = (
    (re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+"), ",", "."),
    (re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})"), "", ","),
)


class Unfit(ValueError):
    """A value that can't stand in its field; the sentence names the field as people see it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class BadDefinition(ValueError):
    """A field that can't be defined so."""


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A field: `code` for programs, `name` for people."""

    code: str
    name: str
    kind: Kind = "text"
    choices: tuple[Choice, ...] = ()
    is_required: bool = False


def defined(
    code: str, *, name: str, kind: str, choices: Iterable[tuple[str, str]] = (), is_required: bool = False
) -> Definition:
    """A definition of what somebody typed, choices as (code, name); an empty code is made of the name. Raises BadDefinition."""
    name = " ".join(name.split())
    code = code.strip() or code_of(name)
    options = tuple(Choice(c.strip() or code_of(n), " ".join(n.split())) for c, n in choices)
    if not name:
        raise BadDefinition("A field needs a name.")
    if not _CODE.fullmatch(code):
        raise BadDefinition("A field's code is made of small letters, digits and _, and begins with a letter.")
    if kind not in KINDS:
        raise BadDefinition(f"There is no kind of field called {kind}; there are {', '.join(KINDS)}.")
    if (kind in ("choice", "choices")) != bool(options):
        raise BadDefinition(
            "A field to choose from needs its choices." if not options else "Only a field to choose from has choices."
        )
    if len({option.code for option in options}) < len(options) or not all(o.code and o.name for o in options):
        raise BadDefinition("Each choice stands there once and has a name.")
    return Definition(code, name, kind, options, is_required)


def code_of(name: str) -> str:
    """A code that is made of a name: small Latin letters, digits and _; `field` where nothing is left of it."""
    from careline.kit.search import words_of

    plain = "_".join(part for word in words_of(name)[:12] for part in re.findall("[a-z0-9]+", word))[:50].strip("_")
    if not plain:
        return "field" if name.strip() else ""
    return plain if plain[0].isalpha() else f"f_{plain}"[:50]


def read(definition: Definition, raw: Any) -> Value | None:
    """The value as it is kept; None for an empty one. Raises Unfit with one sentence."""
    if raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, list | tuple) and not raw):
        if definition.is_required:
            raise Unfit(definition.code, f"“{definition.name}” must be filled in.")
        return None
    reader = {
        "text": _text, "number": _number, "date": _date, "choice": _choice, "choices": _choices, "yes_no": _yes_no, "url": _url,
    }[definition.kind]  # fmt: skip
    return reader(definition, raw)


def read_all(definitions: Sequence[Definition], raw: Mapping[str, Any]) -> tuple[dict[str, Value], dict[str, str]]:
    """(values by code, sentences by code): every definition is asked, so that required ones are missed; a code that no
    definition has is refused."""
    values: dict[str, Value] = {}
    wrong = {code: f"There is no field {code}." for code in raw if code not in {d.code for d in definitions}}
    for definition in definitions:
        try:
            value = read(definition, raw.get(definition.code))
        except Unfit as unfit:
            wrong[definition.code] = str(unfit)
        else:
            if value is not None:
                values[definition.code] = value
    return values, wrong


def shown(definition: Definition, value: Any) -> str:
    """The value as people read it, choices by their names; also of one that a former definition let in."""
    names = {choice.code: choice.name for choice in definition.choices}
    if value is None:
        return ""
    if definition.kind == "yes_no" and isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(names.get(str(code), str(code)) for code in value)
    return names.get(str(value), str(value))


def sort_key(definition: Definition, value: Any) -> tuple[int, float, str]:
    """Values of one field in their order; empty ones last."""
    if value is None or value == []:
        return 1, 0.0, ""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 0, 0.0, shown(definition, value).casefold()


def searched(definition: Definition, value: Any) -> str:
    """What a search for words looks into."""
    return "" if definition.kind == "yes_no" else shown(definition, value)


def _text(definition: Definition, raw: Any) -> str:
    text = _plain(definition, raw).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        raise Unfit(definition.code, f"“{definition.name}” takes at most {LONGEST_TEXT:,} characters.")
    return text


def _number(definition: Definition, raw: Any) -> int | float:
    sentence = f"“{definition.name}” must be a number, as in 12.5."
    if isinstance(raw, bool):
        raise Unfit(definition.code, sentence)
    text = re.sub(r"[\s\u202f']", "", _plain(definition, raw)).replace("\u2212", "-")
    for form, thousands, point in _GROUPED:
        if form.fullmatch(text):
            text = (text.replace(thousands, "") if thousands else text).replace(point, ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unfit(definition.code, sentence) from None
    if not number.is_finite():
        raise Unfit(definition.code, sentence)
    number = number.normalize() if number else Decimal(0)
    exponent = int(number.as_tuple().exponent)
    if len(number.as_tuple().digits) > MOST_DIGITS or exponent > MOST_DIGITS or exponent < -MOST_DIGITS:
        raise Unfit(definition.code, f"“{definition.name}” takes at most {MOST_DIGITS} digits.")
    return int(number) if number == number.to_integral_value() else float(number)


def _date(definition: Definition, raw: Any) -> str:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    text = _plain(definition, raw).strip()
    for form, places in _DATES:
        found = form.fullmatch(text)
        if found:
            year, month, day = (int(found[place]) for place in places)
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                break
    raise Unfit(definition.code, f"“{definition.name}” must be a date, as in 2026-11-22.")


def _choice(definition: Definition, raw: Any) -> str:
    if isinstance(raw, list | tuple) and len(raw) == 1:
        raw = raw[0]
    asked = _plain(definition, raw).strip()
    for choice in definition.choices:
        if asked == choice.code or asked.casefold() in (choice.code, choice.name.casefold()):
            return choice.code
    names = ", ".join(choice.name for choice in definition.choices[:8])
    more = "" if len(definition.choices) <= 8 else " …"
    raise Unfit(definition.code, f"“{definition.name}” takes one of: {names}{more}.")


def _choices(definition: Definition, raw: Any) -> list[str]:
    parts = list(raw) if isinstance(raw, list | tuple) else _parts(definition, raw)
    asked = {_choice(definition, part) for part in parts}
    return [choice.code for choice in definition.choices if choice.code in asked]


def _parts(definition: Definition, raw: Any) -> list[str]:
    """Several in one cell: parted by semicolons, lines or commas, unless the whole is one choice's name."""
    text = _plain(definition, raw)
    if text.strip().casefold() in {choice.name.casefold() for choice in definition.choices}:
        return [text]
    return [part for part in re.split("[;\n]" if ";" in text else "[,\n]", text) if part.strip()]


def _yes_no(definition: Definition, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    text = _plain(definition, raw).strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    raise Unfit(definition.code, f"“{definition.name}” must be yes or no.")


def _url(definition: Definition, raw: Any) -> str:
    text = _plain(definition, raw).strip()
    sentence = f"“{definition.name}” must be an address on the web, as in https://example.com/."
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fits = False
    if not fits or len(text) > LONGEST_URL or re.search(r"[\s\x00-\x1f\"<>\\]", text):
        raise Unfit(definition.code, sentence)
    return text


def _plain(definition: Definition, raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, int | float | Decimal):
        return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    raise Unfit(definition.code, f"“{definition.name}” takes one value, not a list or an object.")
