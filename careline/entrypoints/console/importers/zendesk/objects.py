"""The objects of a Zendesk export by kind, each once and in its newest version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from careline.entrypoints.console.brought_values import key_of
from careline.entrypoints.console.exported import Exported, NotReadable, json_objects
from careline.flows.brought import Unread
from careline.kit.scratch import Scratch

KINDS = ("groups", "users", "organizations", "tickets", "ticket_fields", "comments", "ticket_events", "macros")
_LOOKED_AT = 3
_TICKET_IN_A_NAME = re.compile(r"(\d+)(?=\D*$)")


class Objects:
    """Reads the files once; an export may be larger than the memory."""

    def __init__(self, exported: Exported) -> None:
        self.exported = exported
        self._kept = Scratch()
        self._unread: list[Unread] = []

    def __enter__(self) -> Objects:
        for name in self.exported.names:
            if name.lower().endswith((".json", ".ndjson", ".jsonl")):
                self._take_in(name)
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def unread(self) -> list[Unread]:
        """What could not be understood at all."""
        return self._unread

    def of(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """(where it stands, the object) of a kind, by id."""
        return self._kept.of(kind)

    def comments_of(self, ticket: str) -> list[dict[str, Any]]:
        """Comments that stand apart from their ticket."""
        return self._kept.of_group(ticket)

    def _take_in(self, name: str) -> None:
        for found in json_objects(self.exported, name):
            if isinstance(found.value, NotReadable):
                self._unread.append(Unread(found.where, str(found.value)))
            elif not isinstance(found.value, dict):
                self._unread.append(Unread(found.where, "It is no object."))
            elif pages := pages_of(found.value):
                self._take_page(name, found.where, pages)
            elif (kind := kind_of(found.value, name)) is not None:
                self._keep(kind, found.where, found.value, _ticket_in(name))
            else:
                self._unread.append(
                    Unread(found.where, "It is nothing that comes in: neither group, user, organization nor ticket.")
                )

    def _take_page(self, name: str, where: str, pages: dict[str, list[Any]]) -> None:
        for kind, entries in pages.items():
            for number, one in enumerate(entries, 1):
                if isinstance(one, dict):
                    self._keep(kind, f"{where} {kind} {number}", one, _ticket_in(name))
                else:
                    self._unread.append(Unread(f"{where} {kind} {number}", "It is no object."))

    def _keep(self, kind: str, where: str, one: dict[str, Any], ticket: str) -> None:
        """A later page has the newer version."""
        if kind == "ticket_events":
            for child in one.get("child_events") or []:
                if isinstance(child, dict) and child.get("event_type") == "Comment":
                    dated = {"created_at": one.get("created_at") or one.get("timestamp"), **child}
                    self._keep("comments", where, dated, key_of(one.get("ticket_id")))
            return
        key = key_of(one.get("id"))
        if not key:
            self._unread.append(Unread(where, "It has no id."))
            return
        of_ticket = (key_of(one.get("ticket_id")) or ticket) if kind == "comments" else ""
        if kind == "comments" and not of_ticket:
            self._unread.append(Unread(where, "It is a comment without its ticket."))
            return
        self._kept.put(kind, key, one, place=where, group=of_ticket)


def kinds_of(exported: Exported, name: str) -> set[str]:
    """What the first objects of a file are."""
    if not name.lower().endswith((".json", ".ndjson", ".jsonl")):
        return set()
    found: set[str] = set()
    for number, one in enumerate(json_objects(exported, name)):
        if isinstance(one.value, dict):
            found |= set(pages_of(one.value)) or {kind for kind in [kind_of(one.value, name)] if kind}
        if number >= _LOOKED_AT:
            break
    return found


def pages_of(one: dict[str, Any]) -> dict[str, list[Any]]:
    """The lists of a page of the API; a ticket with its comments in it is no page."""
    return {} if "id" in one else {kind: one[kind] for kind in KINDS if isinstance(one.get(kind), list)}


def kind_of(one: dict[str, Any], name: str) -> str | None:
    """What an object is, by what only its kind has; where that says nothing, by its file's name."""
    url = str(one.get("url") or "")
    by_address = next(
        (
            kind
            for kind in ("ticket_fields", "organizations", "groups", "users", "tickets", "macros")
            if f"/{kind}/" in url
        ),
        None,
    )
    if by_address:
        return by_address
    if "requester_id" in one or "requester" in one or ("subject" in one and "status" in one):
        return "tickets"
    if "author_id" in one and "public" in one:
        return "comments"
    if "role" in one and "email" in one:
        return "users"
    if "child_events" in one:
        return "ticket_events"
    return next((kind for kind in KINDS if kind in name.lower()), None)


def _ticket_in(name: str) -> str:
    """The ticket that a page of comments is named after: the last number in its path."""
    found = _TICKET_IN_A_NAME.search(name.rpartition(".")[0]) if "comment" in name.lower() else None
    return found[1] if found else ""
