"""What is taken out of the desk after somebody was erased has no word of theirs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careline.entrypoints.console.keeping.backing_up import back_up
from careline.entrypoints.console.keeping.exporting import export
from careline.entrypoints.console.keeping.ground import MAGIC
from careline.flows.erase_customer import erase_customer, journal_erasures
from careline.kit.archive.contents import unpacked
from careline.kit.archive.parts import parts_of
from tests.stories.desk import CAROL, LATER, Desk, mail
from tests.stories.keeping import own_store
from tests.stories.test_erasure import MARK, NAMED, QUILL, letter


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Iterator[None]:
    with own_store(tmp_path / "data", settings):
        (tmp_path / "data").mkdir(exist_ok=True)
        yield


@pytest.mark.parametrize("mode", ["erase", "anonymise"])
def test_no_word_of_an_erased_customer_leaves_in_a_backup_or_an_export(
    busy_desk: Desk, tmp_path: Path, mode: str
) -> None:
    number = busy_desk.comes(letter()).number
    busy_desk.answers(number, f"Dear {NAMED}, feed the {MARK}.")
    busy_desk.comes(mail(CAROL, text=f"Thanks, {NAMED}.", named="<3@mail.example>", cc=[QUILL]))
    busy_desk.sends()
    before = taken_out(tmp_path / "before", data=tmp_path / "data")
    assert {"cases.jsonl", "messages.jsonl", "conversations_message", "channels_inbound", "a file of it"} <= before
    customer = int(busy_desk.case(number).customer_id)
    erase_customer(busy_desk.ada, customer, mode=mode, reason="", by=busy_desk.by, at=LATER)
    journal_erasures()
    assert taken_out(tmp_path / "after", data=tmp_path / "data") == set()


def taken_out(place: Path, *, data: Path) -> set[str]:
    """In which of an export's files, and in which parts of a backup, the word of theirs stands."""
    (place / "export").mkdir(parents=True)
    export(place / "export")
    back_up(place / "backup", data, version="1", at=LATER)
    return {name for name, content in (*_exported(place / "export"), *_backed_up(place / "backup")) if _is_in(content)}


def _is_in(content: bytes) -> bool:
    """Also where PostgreSQL writes bytes as hexadecimal digits."""
    small, plain = content.lower(), MARK.encode()
    return plain in small or plain.hex().encode() in small


def _exported(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def _backed_up(path: Path) -> Iterator[tuple[str, bytes]]:
    for part in parts_of(path, magic=MAGIC):
        yield "what a part says", json.dumps(part.head).encode()
        if part.kind == "table":
            yield part.head["name"], zlib.decompress(part.body)
        elif part.kind == "files":
            for name, body in unpacked(part.head["entries"], part.body):
                yield "a file of it", zlib.decompress(body) if name.endswith(".z") else body
        else:
            yield part.kind, part.body
