"""Zendesk: its full export (JSON, one object to a line) and the pages of its incremental API.

PATH is the folder or ZIP of either, or both mixed; files are known by what is in them, not by their names. Comments stand
inside their tickets, in pages of `…/tickets/{id}/comments.json`, or in ticket events. Attachments lie under their id or name in
a folder `attachments`; with {"options": {"fetch_files": "yes"}} in the mapping, those that are not there are fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from careline.entrypoints.console.exported import Exported
from careline.entrypoints.console.importers import BadSource
from careline.entrypoints.console.importers.zendesk.macros import ready_texts
from careline.entrypoints.console.importers.zendesk.objects import Objects, kinds_of
from careline.entrypoints.console.importers.zendesk.people import colleagues, companies, people, teams
from careline.entrypoints.console.importers.zendesk.tickets import cases
from careline.flows.brought import Record

TITLE = "Zendesk"
MAPPING: dict[str, dict[str, str]] = {
    "statuses": {
        "new": "open", "open": "open", "pending": "waiting", "hold": "waiting", "solved": "resolved", "closed": "resolved",
    },
    "priorities": {"low": "1", "normal": "2", "high": "3", "urgent": "4"},
    "teams": {},
    "people": {},
    "fields": {},
    "options": {"fetch_files": "no"},
}  # fmt: skip


def check(path: Path) -> None:
    """Raises BadSource where there is neither a ticket nor a user in it."""
    exported = Exported(path)
    if not {"tickets", "users"} & {kind for name in exported.names for kind in kinds_of(exported, name)}:
        raise BadSource(f"{path} is no export of Zendesk's: there is neither a ticket nor a user in it.")


def read(path: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    """Teams, colleagues, companies, people; then each ticket with its comments, oldest first."""
    with Objects(Exported(path)) as objects:
        yield from objects.unread()
        yield from teams(objects, mapping)
        yield from colleagues(objects, mapping)
        yield from companies(objects)
        yield from ready_texts(objects)
        yield from people(objects)
        yield from cases(objects, mapping)
