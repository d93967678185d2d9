"""Driving an importer: the mapping, the dry run, one record after the other, and what is said at the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from careline.entrypoints.console.datafolder import open_existing, say
from careline.entrypoints.console.importers import BadSource, Source, source_of, sources
from careline.entrypoints.console.refusal import Refusal
from careline.flows.brought import Unread

SAY_EVERY = 5000
MOST_SAID = 20


def run(name: str, path: Path, *, mapping: Path | None, data: str | None, is_trying: bool) -> int:
    """0 where all came in, 1 where some records could not. Raises Refusal."""
    source = source_of(name)
    if source is None:
        raise Refusal(f"There is no importer {name!r}; there are: {', '.join(['careline', *sources()])}.")
    mapped = mapping_of(source, mapping)
    try:
        source.check(path)
        if is_trying:
            return _try(source, path, mapped)
        with open_existing(data):
            return _bring_in(name, source, path, mapped)
    except BadSource as wrong:
        raise Refusal(str(wrong)) from wrong


def mapping_of(source: Source, file: Path | None) -> dict[str, dict[str, str]]:
    """The source's own mapping with that of the file over it. Raises Refusal."""
    mapped = {name: dict(words) for name, words in source.MAPPING.items()}
    if file is None:
        return mapped
    try:
        given = json.loads(file.read_text("utf-8"))
        for name, words in given.items():
            if name not in mapped:
                raise Refusal(f"{file} maps {name!r}, and {source.TITLE} has: {', '.join(sorted(mapped))}.")
            mapped[name] |= {str(theirs): str(ours) for theirs, ours in words.items()}
    except (OSError, ValueError, AttributeError) as wrong:
        raise Refusal(f'{file} is no mapping; write JSON as in {{"statuses": {{"pending": "waiting"}}}}.') from wrong
    return mapped


def _try(source: Source, path: Path, mapping: Mapping[str, Mapping[str, str]]) -> int:
    counts: Counter[str] = Counter()
    troubles = []
    for record in source.read(path, mapping):
        counts[_kind(record)] += 1
        if isinstance(record, Unread):
            troubles.append(f"{record.where}: {record.why}")
    say(f"{_sum(counts)} would come in from {source.TITLE}; nothing was changed")
    return _told(troubles)


def _bring_in(name: str, source: Source, path: Path, mapping: Mapping[str, Mapping[str, str]]) -> int:
    from careline.domain.company.queries import company
    from careline.domain.history.actor import Actor, ActorKind
    from careline.flows.bring_in import BringingIn, CannotBringIn
    from careline.kit import clock

    if company() is None:
        raise Refusal("There is no company yet that it could come into; run `careline init` first.")
    state = BringingIn(name, by=Actor(ActorKind.SYSTEM, via="import"), at=clock.now())
    counts: Counter[str] = Counter()
    troubles = []
    held = 0
    for number, record in enumerate(source.read(path, mapping), 1):
        try:
            is_new = state.bring_in(record)
            counts[_kind(record)] += is_new
            held += not is_new
        except CannotBringIn as wrong:
            troubles.append(str(wrong))
        if number % SAY_EVERY == 0:
            say(f"{number:,} records looked at")
    say(f"{_sum(counts)} came in from {source.TITLE}" + (f"; {held:,} were here already" if held else ""))
    return _told([*troubles, *state.remarks], failed=len(troubles))


def _told(troubles: list[str], *, failed: int | None = None) -> int:
    for trouble in troubles[:MOST_SAID]:
        say(trouble)
    if len(troubles) > MOST_SAID:
        say(f"and {len(troubles) - MOST_SAID:,} more like these")
    return 1 if (len(troubles) if failed is None else failed) else 0


def _kind(record: Any) -> str:
    return type(record).__name__.lower()


def _sum(counts: Counter[str]) -> str:
    words = [f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in counts.items() if number]
    return ", ".join(words).replace("companys", "companies") or "nothing"
