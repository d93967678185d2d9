"""A file of parts is whole, or it says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careline.kit.archive.parts import Damaged, NotSuchFile, parts_of, written_whole

MAGIC = "A FILE OF PARTS 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kept"
    with written_whole(path, magic=MAGIC) as writer:
        writer.add("about", who="Carol")
        writer.add("rows", b"one\ntwo\n", name="letters")
        writer.add("rows", b"\x00" * 1000, name="letters")
    return path


def read(path: Path) -> list[tuple[str, int]]:
    return [(part.kind, len(part.body)) for part in parts_of(path, magic=MAGIC)]


def test_parts_come_back_as_they_were_written(file: Path) -> None:
    assert read(file) == [("about", 0), ("rows", 8), ("rows", 1000)]
    assert next(parts_of(file, magic=MAGIC)).head["who"] == "Carol"


def test_only_the_kinds_asked_for_are_read(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"one\ntwo\n", b"two\none\n"))
    assert [part.kind for part in parts_of(file, magic=MAGIC, only={"about"})] == ["about"]
    with pytest.raises(Damaged):
        list(parts_of(file, magic=MAGIC, only={"rows"}))


def test_a_file_that_breaks_off_anywhere_is_damaged(file: Path) -> None:
    whole = file.read_bytes()
    for length in range(len(MAGIC) + 1, len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(Damaged):
            read(file)


def test_one_changed_byte_anywhere_is_seen(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(len(MAGIC) + 1, len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Damaged):
            read(file)


def test_parts_in_another_order_twice_or_left_out_are_seen(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    lines = [whole[: len(MAGIC) + 1], *_pieces(whole[len(MAGIC) + 1 :])]
    for mixed in ([0, 2, 1, 3, 4], [0, 1, 2, 2, 3, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4, 4]):
        file.write_bytes(b"".join(lines[n] for n in mixed))
        with pytest.raises(Damaged):
            read(file)


def test_another_file_is_no_file_of_parts(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04", MAGIC.encode(), b"A FILE OF PARTS 2\n"):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(NotSuchFile):
            read(tmp_path / "other")


def test_who_fails_in_the_middle_leaves_no_file_and_harms_no_older_one(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(ValueError, match="enough"), written_whole(file, magic=MAGIC) as writer:
        writer.add("rows", b"three")
        raise ValueError("enough")
    assert (file.read_bytes(), list(file.parent.iterdir())) == (before, [file])


def test_what_a_killed_writer_left_is_swept_by_the_next(file: Path) -> None:
    stray = file.with_name(f".{file.name}.999999999.part")
    stray.write_bytes(b"half")
    with written_whole(file, magic=MAGIC) as writer:
        writer.add("about")
    assert list(file.parent.iterdir()) == [file]


def _pieces(rest: bytes) -> list[bytes]:
    import json

    found = []
    while rest:
        line, _, after = rest.partition(b"\n")
        size = json.loads(line)["size"]
        found.append(line + b"\n" + after[:size])
        rest = after[size:]
    return found
