"""The objects of a Freshdesk export by kind: what its JSON wraps and its XML writes with dashes is one and the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from careline.entrypoints.console.brought_values import key_of
from careline.entrypoints.console.exported import Exported, NotReadable, json_objects
from careline.flows.brought import Unread

# kind: how its files are named, what wraps one in JSON, what an element of it is called in XML
KINDS = {
    "tickets": (r"tickets?\d*", ("helpdesk_ticket", "ticket"), ("helpdesk-ticket", "ticket")),
    "users": (r"(users?|contacts?)\d*", ("user", "contact"), ("user", "contact")),
    "agents": (r"agents?\d*", ("agent",), ("agent",)),
    "companies": (r"(companies|company|customers?)\d*", ("company", "customer"), ("company", "customer")),
    "groups": (r"groups?\d*", ("group",), ("group",)),
    "ready_texts": (r"canned_?responses?\d*", ("canned_response",), ("canned-response",)),
}
_LEFT_OUT = re.compile(r"(solutions?|forums?|topics?|surveys?|satisfaction\w*|time_?entries|products?)\d*", re.I)


class Objects:
    def __init__(self, exported: Exported) -> None:
        self.exported = exported
        self._files = {
            kind: [name for name in exported.names if _is(name, pattern)] for kind, (pattern, _, _) in KINDS.items()
        }

    def unread(self) -> Iterator[Unread]:
        """Files that hold something, but nothing that comes in; and places in the others that can't be understood."""
        known = {name for names in self._files.values() for name in names}
        for name in self.exported.names:
            if name in known or not name.lower().endswith((".json", ".xml")):
                continue
            why = (
                "What it holds has no place here."
                if _is(name, _LEFT_OUT.pattern)
                else "It is nothing that is known here."
            )
            yield Unread(name, why)
        for kind in KINDS:
            for where, one in self._all(kind):
                if isinstance(one, NotReadable):
                    yield Unread(where, str(one))
                elif not isinstance(one, dict):
                    yield Unread(where, "It is no object.")
                elif not key_of(one.get("id")):
                    yield Unread(where, "It has no id.")

    def of(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """(where it stands, the object), each id once."""
        seen: set[str] = set()
        for where, one in self._all(kind):
            if isinstance(one, dict) and (key := key_of(one.get("id"))) and key not in seen:
                seen.add(key)
                yield where, one

    def _all(self, kind: str) -> Iterator[tuple[str, Any]]:
        _, wrappings, elements = KINDS[kind]
        for name in self._files[kind]:
            if name.lower().endswith(".xml"):
                yield from _elements(self.exported, name, elements)
                continue
            for found in json_objects(self.exported, name):
                yield from _unwrapped(found.where, found.value, (*wrappings, kind))


def _is(name: str, pattern: str) -> bool:
    stem, _, ending = name.rpartition("/")[2].lower().rpartition(".")
    return ending in ("json", "xml", "ndjson") and re.fullmatch(pattern, stem, re.I) is not None


def _unwrapped(where: str, value: Any, wrappings: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    inner = (
        next((value[name] for name in wrappings if name in value), value)
        if isinstance(value, dict) and "id" not in value
        else value
    )
    if isinstance(inner, list):
        for number, one in enumerate(inner, 1):
            yield from _unwrapped(f"{where} entry {number}", one, wrappings)
    else:
        yield where, inner


def _elements(exported: Exported, name: str, tags: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """One element after the other, without ever holding the whole; entities are not resolved and nothing is fetched."""
    number = 0
    try:
        with exported.open(name) as file:
            reading = etree.iterparse(
                file, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
            )  # fmt: skip
            for _, element in reading:
                parent = element.getparent()
                if parent is not None and parent.getparent() is not None:
                    continue  # a user inside a ticket is part of it
                number += 1
                yield f"{name} entry {number}", _value(element)
                element.clear()
    except etree.XMLSyntaxError as broken:
        yield f"{name} after entry {number}", NotReadable(f"It is broken XML: {broken.msg}.")
    except OSError as broken:
        yield name, NotReadable(f"It can't be read: {broken}.")


def _value(element: Any) -> Any:
    """`<tags type="array"><tag>…` as a list, `<a><b>…` as an object, everything else as its text."""
    if element.get("nil") == "true":
        return None
    inner = [one for one in element if isinstance(one.tag, str)]
    if element.get("type") == "array":
        return [_value(one) for one in inner]
    if inner:
        return {one.tag.replace("-", "_"): _value(one) for one in inner}
    text = element.text or ""
    return {"true": True, "false": False}.get(text, text) if element.get("type") == "boolean" else text
