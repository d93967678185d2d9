"""Freshdesk: its account export, as JSON or XML, and the objects of its API (v2) in files.

PATH is the folder or ZIP: `Tickets0.json`, `Users0.json`, `Companies0.json`, `Groups.json` … or the same as `.xml`. Attachments lie
under their id or name in a folder `attachments`; with {"options": {"fetch_files": "yes"}} in the mapping, those that are not there
are fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from careline.entrypoints.console.exported import Exported
from careline.entrypoints.console.importers import BadSource
from careline.entrypoints.console.importers.freshdesk.objects import Objects
from careline.entrypoints.console.importers.freshdesk.people import colleagues, companies, people, ready_texts, teams
from careline.entrypoints.console.importers.freshdesk.tickets import cases
from careline.flows.brought import Record

TITLE = "Freshdesk"
MAPPING: dict[str, dict[str, str]] = {
    "statuses": {
        "2": "open", "3": "waiting", "4": "resolved", "5": "resolved", "open": "open", "pending": "waiting", "resolved": "resolved",
        "closed": "resolved", "waiting on customer": "waiting", "waiting on third party": "waiting",
    },
    "priorities": {"1": "1", "2": "2", "3": "3", "4": "4", "low": "1", "medium": "2", "high": "3", "urgent": "4"},
    "teams": {},
    "people": {},
    "fields": {},
    "options": {"fetch_files": "no"},
}  # fmt: skip


def check(path: Path) -> None:
    """Raises BadSource where there is neither a ticket nor a user in it."""
    objects = Objects(Exported(path))
    if next(objects.of("tickets"), None) is None and next(objects.of("users"), None) is None:
        raise BadSource(f"{path} is no export of Freshdesk's: there is neither a ticket nor a user in it.")


def read(path: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    """Teams, colleagues, companies, people; then each ticket with its conversation, oldest first."""
    objects = Objects(Exported(path))
    yield from objects.unread()
    yield from teams(objects, mapping)
    yield from colleagues(objects, mapping)
    yield from companies(objects)
    yield from ready_texts(objects)
    yield from people(objects)
    yield from cases(objects, mapping)
