"""In from other desks: one module here for each source, found by looking.

To add a source, put a module here whose name is what people type (`careline import NAME PATH`), with

    TITLE = "Zendesk"                       what the other desk is called
    MAPPING: dict[str, dict[str, str]]      what people may map, with how it is mapped where they say nothing:
                                            {"statuses": {"pending": "waiting"}, "teams": {}, "fields": {}, …}
    def check(path: Path) -> None           raises BadSource with one sentence where PATH can't be its export
    def read(path: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]

`read` gives the records of `careline.flows.brought` in this order: teams, colleagues, companies, ready-made texts, people, then each case followed by
its messages, oldest first. It opens files and translates, and knows neither database nor Django; it may be called again
and again for the same path and gives the same records in the same order. A line that cannot be understood is given as
`Unread`, never left out silently.

The rest is the frame's (`driving.py`): `--dry-run` counts what would come in and says what stands in its way, `--mapping
FILE` puts a JSON file over MAPPING, and a second run goes on where the first one stopped, because every record that came
in is noted by (source, kind, key) in the transaction that brought it in. Writing them is flows/bring_in.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from careline.flows.brought import Record

_NOT_SOURCES = {"driving"}


class Source(Protocol):
    TITLE: str
    MAPPING: dict[str, dict[str, str]]

    def check(self, path: Path) -> None: ...
    def read(self, path: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]: ...


class BadSource(Exception):
    """PATH is not what this source reads; one sentence with the mend."""


def sources() -> list[str]:
    """What may be typed, besides `careline`."""
    return sorted(module.name for module in iter_modules(__path__) if module.name not in _NOT_SOURCES)


def source_of(name: str) -> Source | None:
    if name in _NOT_SOURCES or not name.isidentifier() or find_spec(f"{__name__}.{name}") is None:
        return None
    module: Source = import_module(f"{__name__}.{name}")
    return module
