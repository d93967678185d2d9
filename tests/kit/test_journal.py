"""Lines that are never lost and never doubled."""

from pathlib import Path

from careline.kit.journal import Journal


def test_each_entry_stands_once_by_its_key(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "lines")
    assert journal.add([{"key": "a"}, {"key": "b"}]) == 2
    assert journal.add([{"key": "b"}, {"key": "c"}]) == 1
    assert [entry["key"] for entry in journal.entries()] == ["a", "b", "c"]


def test_half_a_line_is_passed_over_and_the_next_one_is_whole(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "lines")
    journal.add([{"key": "a"}])
    with journal.path.open("ab") as file:
        file.write(b'{"key": "half')
    journal.add([{"key": "b"}])
    assert [entry["key"] for entry in journal.entries()] == ["a", "b"]
    assert journal.words().endswith(b'"b"}\n')
