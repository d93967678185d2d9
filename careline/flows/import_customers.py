"""A sheet of customers comes in: upload, mapping, a dry run, the import itself, and its undo.

What takes long is done by the worker: flows/work_on_import.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands import imports
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.imports import (
    counts_of_rows,
    import_by_id,
    remembered_mapping,
)
from careline.domain.customers.rules.columns import is_target, suggested
from careline.domain.files.commands import keep, write
from careline.domain.files.queries import content_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.change_customer import Wrong
from careline.kit.sheets.reading import DELIMITERS, ENCODINGS, Form, Unreadable, form_of, rows_of

LARGEST = 50 * 1024 * 1024


def upload_import(agent: Person, content: bytes, *, name: str, by: Actor, at: datetime) -> int:
    """The import's key; nothing but the file is kept yet. Raises Forbidden, Wrong."""
    require(agent, "customer:import")
    if len(content) > LARGEST:
        raise Wrong("file", f"A sheet may have {LARGEST // 1024 // 1024} MB; part it.")
    try:
        form = form_of(content)
        headings = _headings(content, form)
    except Unreadable as unreadable:
        raise Wrong("file", str(unreadable)) from unreadable
    (digest,) = write([content], deflate=True)
    with transaction.atomic():
        keep({digest: len(content)}, at=at)
        return imports.add_import(
            PurePath(name.replace("\\", "/")).name[:200] or "customers.csv", digest=digest, headings=headings, mapping=_mapping(headings),
            form={"format": form.format, "encoding": form.encoding, "delimiter": form.delimiter}, by=by, at=at,
        )  # fmt: skip


def map_import(
    agent: Person,
    key: int,
    *,
    mapping: Sequence[str] | None = None,
    is_updating: bool = True,
    encoding: str | None = None,
    delimiter: str | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Says how the sheet is read. With a mapping the dry run begins; an encoding or a delimiter alone reads its headings anew.

    Raises NotFound, Forbidden, Wrong, Refused.
    """
    require(agent, "customer:import")
    found = _found(key)
    if found.state not in ("uploaded", "checked", "cancelled", "failed") or found.started_at is not None:
        raise Refused("This import can't be changed any more; upload the sheet again.")
    if (encoding or found.encoding, delimiter or found.delimiter) != (found.encoding, found.delimiter):
        form = Form(found.format, encoding or found.encoding, delimiter or found.delimiter)
        if form.encoding not in ENCODINGS or form.delimiter not in DELIMITERS:
            raise Wrong("encoding", "There is no such encoding or delimiter here.")
        headings = _headings(content_of(found.digest), form)
        imports.set_form(
            key, encoding=form.encoding, delimiter=form.delimiter, headings=headings, mapping=_mapping(headings)
        )
        found = _found(key)
    if mapping is not None:
        _guard_mapping(found, mapping)
        imports.set_mapping(key, mapping=mapping, is_updating=is_updating, by=by, at=at)


def start_import(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Carries out what the dry run showed. Raises NotFound, Forbidden, Refused."""
    require(agent, "customer:import")
    with transaction.atomic():
        held = _held(key)
        if held.state != "checked":
            raise Refused("It is not checked yet: wait for the dry run.")
        imports.move_on(key, state="running", due=True, by=by, at=at)


def cancel_import(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Stops it where it is; what came in so far stays until it is undone. Raises NotFound, Forbidden, Refused."""
    require(agent, "customer:import")
    with transaction.atomic():
        held = _held(key)
        if held.state not in ("uploaded", "reading", "checking", "checked", "running"):
            raise Refused("There is nothing under way that could be stopped.")
        imports.move_on(key, state="cancelled", due=False, counts=counts_of_rows(key), by=by, at=at)


def undo_import(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Takes everything back that came in with it and was not used or changed since. Raises NotFound, Forbidden, Refused."""
    require(agent, "customer:import")
    with transaction.atomic():
        held = _held(key)
        if held.state not in ("done", "cancelled", "failed") or held.started_at is None:
            raise Refused("There is nothing to take back.")
        imports.move_on(key, state="undoing", due=True, by=by, at=at)


def preview_of(found: Any, *, rows: int = 8) -> list[list[str]]:
    """The first rows below the headings, as they would be read. Raises Unreadable."""
    read = rows_of(content_of(found.digest), Form(found.format, found.encoding, found.delimiter))
    next(read, None)
    return [row for row, _ in zip(read, range(rows), strict=False)]


def _found(key: int) -> Any:
    found = import_by_id(key)
    if found is None:
        raise NotFound(f"There is no import {key}.")
    return found


def _held(key: int) -> Any:
    held = imports.locked(key)
    if held is None:
        raise NotFound(f"There is no import {key}.")
    return held


def _headings(content: bytes, form: Form) -> list[str]:
    try:
        headings = next(rows_of(content, form), None)
    except Unreadable as unreadable:
        raise Wrong("file", str(unreadable)) from unreadable
    if headings is None:
        raise Wrong("file", "The sheet has no rows.")
    return [" ".join(heading.split())[:200] for heading in headings]


def _mapping(headings: list[str]) -> list[str]:
    defined = definitions("customer")
    remembered = remembered_mapping(headings)
    if remembered is not None and all(is_target(target, defined) for target in remembered):
        return remembered
    return suggested(headings, defined)


def _guard_mapping(found: Any, mapping: Sequence[str]) -> None:
    defined = definitions("customer")
    if len(mapping) != len(found.headings):
        raise Wrong("mapping", f'Say for each of the {len(found.headings)} columns what it holds, "" for nothing.')
    for target in mapping:
        if not is_target(target, defined):
            raise Wrong("mapping", f"A column can't hold {target[:60]}.")
    taken = [
        target
        for target in mapping
        if target and target not in ("email", "phone") and not target.startswith("address:")
    ]
    if len(set(taken)) < len(taken):
        raise Wrong("mapping", "Two columns are said to hold the same.")
    if not any(target in ("name", "first_name", "last_name", "email", "phone") or target.startswith("address:") for target in mapping):  # fmt: skip
        raise Wrong("mapping", "Say which column holds the name or an address.")
