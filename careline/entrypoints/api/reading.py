"""From bytes and query strings to the shapes of a route; everything that is wrong is named, not only the first."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

import msgspec
import msgspec.inspect
from django.http import HttpRequest, QueryDict

from careline.entrypoints.api.problems import Unreadable, Wrong

Shape = TypeVar("Shape", bound=msgspec.Struct)
DEEPEST = 16
OF_A_FIELD = "field."
"""What a query's names of the company's own fields begin with, as in field.plan=gold; the shape has them as `fields`."""
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
_AT = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
_KINDS = {"int": "a whole number", "str": "text", "bool": "true or false", "float": "a number", "array": "a list", "null": "null",
          "object": "an object", "datetime": "a moment as in 2026-11-22T10:00:00Z"}  # fmt: skip
_QUOTED = re.compile(r"`([^`]*)`")
_PART = re.compile(r"Object (?:contains (unknown)|missing required) field `([^`]*)`")


def body_of(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The JSON body in its shape. Raises Unreadable, Wrong."""
    if not request.body:
        raise Wrong(("body", "It is missing."))
    try:
        given = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"The body is not JSON: {error}.") from None
    except RecursionError:
        raise Unreadable("The body is not JSON that can be read: it is nested too deep.") from None
    if not isinstance(given, dict):
        raise Wrong(("body", "Expected an object."))
    errors = list(_unstorable(given, ""))
    return _shaped(given, shape, errors, strict=True, unknown="There is no such field.")


def query_of(query: QueryDict, shape: type[Shape] | None) -> Shape | None:
    """The query string in its shape; an empty value is as good as none. Raises Wrong."""
    errors = [(name, "It is given twice.") for name, values in query.lists() if len(values) > 1]
    given: dict[str, Any] = {name: value for name, value in query.items() if value != ""}
    if shape is not None and "fields" in _fields_of(shape):
        of_fields = {name: given.pop(name) for name in list(given) if name.startswith(OF_A_FIELD)}
        if of_fields:
            given["fields"] = {name.removeprefix(OF_A_FIELD): value for name, value in of_fields.items()}
    errors += _unstorable(given, "")
    if shape is None:
        errors += [(name, "There is no such parameter.") for name in query]
        if errors:
            raise Wrong(*errors)
        return None
    return _shaped(given, shape, errors, strict=False, unknown="There is no such parameter.")


def _shaped(
    given: dict[str, Any], shape: type[Shape], errors: list[tuple[str, str]], *, strict: bool, unknown: str
) -> Shape:
    fields = _fields_of(shape)
    errors += [(name[:100], unknown) for name in given if name not in fields]
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in given:
            if field.required:
                errors.append((name, "It is missing."))
            continue
        try:
            values[field.name] = _converted(given[name], field.type, strict=strict)
        except msgspec.ValidationError as error:
            errors.append(_named(name, str(error), field.type))
            continue
        if isinstance(values[field.name], datetime) and not _FIRST < values[field.name] < _LAST:
            errors.append((name, "It lies too far away."))
    if errors:
        raise Wrong(*errors)
    return shape(**values)


def _converted(given: Any, kind: Any, *, strict: bool) -> Any:
    """A query string has only text: what is no text is read from it, but the word "null" is a word."""
    try:
        return msgspec.convert(given, kind, strict=True)
    except msgspec.ValidationError:
        read = None if strict else msgspec.convert(given, kind, strict=False)
        if read is None:
            raise
        return read


@cache
def _fields_of(shape: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.encode_name: field for field in msgspec.structs.fields(shape)}


def _named(name: str, message: str, kind: Any) -> tuple[str, str]:
    """(field, sentence) of a message such as "Expected `int`, got `str` - at `$.address`"."""
    found = _AT.search(message)
    plain, field = _AT.sub("", message), name + (found[1] if found else "")
    part = _PART.match(plain)
    if part:
        return f"{field}.{part[2]}", "There is no such field." if part[1] else "It is missing."
    if "RFC3339" in plain or "timezone" in plain:
        return field, f"Expected {_KINDS['datetime']}."
    if plain.startswith("Invalid enum value"):
        choices = [] if found else _choices(msgspec.inspect.type_info(kind))
        return field, f"Expected one of {', '.join(choices)}." if choices else f"There is no {plain.split(' ', 3)[3]}."
    return field, _QUOTED.sub(_in_words, plain).rstrip(".") + "."


def _in_words(kind: re.Match[str]) -> str:
    return " or ".join(_KINDS.get(k, f"“{k}”") for k in kind[1].split(" | "))


def _choices(kind: Any) -> list[str]:
    """What a field may hold where that is one of a few words."""
    if isinstance(kind, msgspec.inspect.Metadata):
        return _choices(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return [choice for part in kind.types for choice in _choices(part)]
    return [str(value) for value in kind.values] if isinstance(kind, msgspec.inspect.LiteralType) else []


def _unstorable(value: Any, at: str, depth: int = 0) -> list[tuple[str, str]]:
    """Where a text holds the NUL character, which PostgreSQL can't store; or where it is nested too deep."""
    if isinstance(value, str):
        return [(at, "It holds the character NUL.")] if "\x00" in value else []
    if depth > DEEPEST:
        return [(at, "It is nested too deep.")]
    if isinstance(value, dict):
        parts = [(f"{at}.{name}" if at else name, part) for name, part in value.items()]
        errors = (
            [(at or "body", "A name in it holds the character NUL.")] if any("\x00" in name for name in value) else []
        )
    elif isinstance(value, list):
        parts, errors = [(f"{at}[{n}]", part) for n, part in enumerate(value)], []
    else:
        return []
    return errors + [error for place, part in parts for error in _unstorable(part, place, depth + 1)]
