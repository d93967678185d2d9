"""Stored contents in packs: many small files make one part, each as it lies in the store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PACK = 4 * 1024 * 1024
MOST_IN_A_PACK = 4000


@dataclass(slots=True)
class Pack:
    """`entries` are [name, size]; the bytes of all of them follow each other."""

    entries: list[tuple[str, int]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    size: int = 0

    def add(self, name: str, body: bytes) -> None:
        self.entries.append((name, len(body)))
        self.bodies.append(body)
        self.size += len(body)

    @property
    def is_full(self) -> bool:
        return self.size >= PACK or len(self.entries) >= MOST_IN_A_PACK

    @property
    def body(self) -> bytes:
        return b"".join(self.bodies)


def packed(files: Iterable[tuple[str, bytes]]) -> Iterator[Pack]:
    pack = Pack()
    for name, body in files:
        pack.add(name, body)
        if pack.is_full:
            yield pack
            pack = Pack()
    if pack.entries:
        yield pack


def unpacked(entries: Iterable[Any], body: bytes) -> Iterator[tuple[str, bytes]]:
    place = 0
    for name, size in entries:
        yield str(name), body[place : place + size]
        place += size


def put_file(folder: Path, name: str, body: bytes) -> bool:
    """Whether it was new. Not durable before `os.sync`. A name that leads out of the folder is refused (ValueError)."""
    path = folder / name
    if ".." in Path(name).parts or Path(name).is_absolute():
        raise ValueError(f"{name} leads out of its folder")
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(body)
    part.replace(path)
    return True
