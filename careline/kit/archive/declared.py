"""What a package says of its tables, in its `data.py`: what leaves in an export, what is personal, what is removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Declared:
    """One table.

    `export`: the file it stands in, without its ending; empty where it is not exported, and then `because` says why.
    `without`: columns that are left out of an export, column → SQL that stands in their place when it comes back.
    `instead`: column → SQL (with `t` as the table) that a backup and an export write in place of the column.
    `personal`: what of it is personal, and what becomes of that when a person is erased, in words.
    `merge`: what follows a merge and its undo; `retention`: what retention does; empty where neither touches it.
    `backup`: False where not even a backup holds the rows. `is_ground`: made by the migrations, the same everywhere.
    """

    table: str
    export: str = ""
    because: str = ""
    without: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    personal: str = ""
    merge: str = ""
    retention: str = ""
    backup: bool = True
    is_ground: bool = False
    sealed: str = ""
    """What the sealed bytes in it are, in words, where a key is needed to open them."""


def declared_by(packages: Iterable[str]) -> dict[str, Declared]:
    """All that the `data.py` of these packages say (a list called TABLES), by table. Raises ValueError on doubles."""
    found: dict[str, Declared] = {}
    for package in packages:
        if find_spec(f"{package}.data") is None:
            continue
        for table in import_module(f"{package}.data").TABLES:
            if table.table in found:
                raise ValueError(f"{table.table} is declared twice.")
            found[table.table] = table
    return found


def settle(packages: Iterable[str]) -> None:
    """Lets each package make anew what an export leaves out because it follows from the rest (`settled` in its data.py)."""
    for package in packages:
        if find_spec(f"{package}.data") is not None:
            settled = getattr(import_module(f"{package}.data"), "settled", None)
            if settled is not None:
                settled()
