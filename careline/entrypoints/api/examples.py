"""An example of every body and answer, made of its schema: values of the named world, by the name of the field."""

from __future__ import annotations

import re
from typing import Any

MOMENT, DAY = "2026-11-22T10:00:00Z", "2026-11-22"
_DEEPEST = 6
_WORDS = {
    "name": "Carol", "subject": "Where is my bike?", "email": "carol@example.com", "address": "carol@example.com", "value": "carol@example.com",
    "text": "It leaves today.", "visible_text": "It leaves today.", "html": "<p>It leaves today.</p>", "snippet": "It leaves today.",
    "title": "Where is my bike?", "language": "en", "time_zone": "Europe/Berlin", "url": "https://shop.example.com/careline", "channel": "1",
    "team": "Front", "assignee": "ben@northwind.example", "agent": "ben@northwind.example", "customer": "carol@example.com", "tag": "refund",
    "tags": "refund", "topics": "message.*", "type": "about:blank", "code": "open", "role": "representative", "kind": "email", "category": "open",
    "priority": "normal", "color": "#2f6fed", "notes": "Rides to work.", "reason": "Asked for by mail.", "words": "chain", "cursor": "MTcyNA",
    "detail": "Some of what was given is not right.", "message": "It is missing.", "field": "subject", "secret": "whsec_Y2FyZWxpbmU=",
    "token": "careline_…", "type_": "text/plain", "external_id": "<1@mail.example>", "currency": "EUR", "source": "USD", "target": "EUR",
    "country": "DE", "region": "BE", "state": "active",
}  # fmt: skip
_NUMBERS = {
    "number": 12,
    "status": 422,
    "size": 2048,
    "count": 3,
    "version": 4,
    "limit": 50,
    "hold_seconds": 10,
    "message_count": 3,
}
_MORE_THAN_NEEDED = 2
_FORMATS = {
    "date-time": MOMENT,
    "date": DAY,
    "time": "09:00:00",
    "duration": "PT1H",
    "uuid": "00000000-0000-4000-8000-000000000001",
}
_TRIED = ("12", "open", "en", "refund", "09:00", DAY, MOMENT, "#2f6fed", "DE", "a", "")
"""For fields of which the name says nothing: the first that fits."""


def body_example(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    """What has to be given, or where nothing has to, the first fields that may be."""
    return _example(schema, components, "", 0, is_body=True)


def answer_example(schema: dict[str, Any], components: dict[str, Any]) -> Any:
    """Every field."""
    return _example(schema, components, "", 0, is_body=False)


def _example(schema: dict[str, Any], components: dict[str, Any], name: str, depth: int, *, is_body: bool) -> Any:
    if "$ref" in schema:
        return _example(components[schema["$ref"].rpartition("/")[2]], components, name, depth + 1, is_body=is_body)
    if "anyOf" in schema:
        return _example(_chosen(schema["anyOf"], depth), components, name, depth, is_body=is_body)
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if "enum" in schema else schema["const"]
    if schema.get("type") == "object" or "properties" in schema:
        return _object(schema, components, depth, is_body=is_body)
    if schema.get("type") == "array":
        least = schema.get("minItems", 0 if depth > _DEEPEST else 1)
        return [_example(schema.get("items") or {}, components, name, depth + 1, is_body=is_body)] * least
    return _plain(schema, name)


def _plain(schema: dict[str, Any], name: str) -> Any:
    kind = schema.get("type")
    if kind == "string":
        return _text(schema, name)
    if kind in ("integer", "number"):
        return _number(schema, name)
    return {"boolean": False, None: {}}.get(kind)


def _chosen(kinds: list[dict[str, Any]], depth: int) -> dict[str, Any]:
    """Something rather than nothing, and words rather than an object."""
    if depth > _DEEPEST and {"type": "null"} in kinds:
        return {"type": "null"}
    given = [kind for kind in kinds if kind.get("type") != "null"]
    return next((kind for kind in given if kind.get("type") == "string"), given[0] if given else kinds[0])


def _object(schema: dict[str, Any], components: dict[str, Any], depth: int, *, is_body: bool) -> dict[str, Any]:
    fields = schema.get("properties", {})
    others = schema.get("additionalProperties")
    if not fields and isinstance(others, dict) and others and (depth <= _DEEPEST or schema.get("minProperties")):
        return {"en": _example(others, components, "name", depth + 1, is_body=is_body)}
    wanted = schema.get("required", []) or list(fields)[:_MORE_THAN_NEEDED] if is_body else fields
    return {name: _example(fields[name], components, name, depth + 1, is_body=is_body) for name in wanted}


def _text(schema: dict[str, Any], name: str) -> str:
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    own = "12" if name == "id" or name.endswith("_id") else _WORDS.get(name, _WORDS.get(name.rstrip("s"), "…"))
    timely = [MOMENT] if name.endswith("_at") else [DAY] if name.endswith("_on") else []
    least, most = schema.get("minLength", 0), schema.get("maxLength", 10**9)
    for words in (*timely, own, *_TRIED):
        if least <= len(words) <= most and re.search(schema.get("pattern", ""), words):
            return words
    return own[:most].ljust(least, "x")


def _number(schema: dict[str, Any], name: str) -> int | float:
    value = _NUMBERS.get(name, 1)
    fit: int | float = max(schema.get("minimum", value), min(value, schema.get("maximum", value)))
    return fit
