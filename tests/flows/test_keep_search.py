"""What can be searched keeps up: attached files are read once, words counted, new subjects found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from careline.domain.conversations.commands.search_index import file_to_read, forget_unreferenced_texts
from careline.domain.conversations.queries.search_index import files_waiting
from careline.domain.desk.queries.search.everything import results_of
from careline.domain.files.store import store
from careline.flows.change import Change, change
from careline.flows.keep_search import follow, read_file
from careline.kit import db
from careline.kit.extraction.reader import Extracted, Reader
from tests.stories.desk import LATER, Desk

PAPER = "Serial number QX77 of the bell"


@pytest.fixture
def desk(transactional_db: None, settings: Any, tmp_path: Any) -> Iterator[Desk]:
    settings.DATA, settings.DEMO = tmp_path, True
    store.cache_clear()
    yield Desk()
    store.cache_clear()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


class NoReader(Reader):
    """The child dies over every file."""

    def text_of(self, content: bytes, *, name: str, media_type: str, most: int) -> Extracted:
        return Extracted("failed")


def with_file(
    name: str, content: str = PAPER, *, sender: str = "carol@example.com", subject: str = "The bell"
) -> bytes:
    return (
        f"From: {sender}\r\nTo: support@northwind.example\r\nSubject: {subject}\r\nDate: Fri, 20 Nov 2026 11:59:00 +0000\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the paper.\r\n"
        f"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{content}\r\n--b--\r\n"
    ).encode()


def found(desk: Desk, text: str) -> list[tuple[int | None, str]]:
    hits = results_of(text, desk.ada, at=LATER, languages=("en", "de"), mend=False).hits
    return [(hit.number, hit.file) for hit in hits if hit.number is not None]


def catch_up() -> None:
    while follow(at=LATER):
        pass


def test_a_case_is_found_by_the_text_inside_its_file(desk, reader):
    number = desk.comes(with_file("paper.txt")).number
    catch_up()

    assert (found(desk, "qx77"), found(desk, "filename:paper"), found(desk, '"QX77 of the bell"')) == (
        [],
        [(number, "")],
        [],
    )
    assert (read_file(reader, at=LATER), read_file(reader, at=LATER)) == ("read", "")
    assert (found(desk, "qx77"), found(desk, '"qx77 of the bell"')) == (
        [(number, "paper.txt")],
        [(number, "paper.txt")],
    )


def test_equal_files_are_read_once(desk, reader):
    desk.comes(with_file("paper.txt"))
    catch_up()
    read_file(reader, at=LATER)
    other = desk.comes(with_file("again.txt", sender="dan@example.org", subject="Mine too")).number
    catch_up()

    assert (files_waiting(), found(desk, "qx77")[0][0]) == (0, other)
    assert len(found(desk, "qx77")) == 2


def test_a_file_that_cannot_be_read_is_still_found_by_its_name(desk):
    number = desk.comes(with_file("paper.txt")).number
    catch_up()

    assert read_file(NoReader(), at=LATER) == "failed"
    assert (found(desk, "qx77"), found(desk, "filename:paper.txt")) == ([], [(number, "")])


def test_a_file_that_stopped_its_reader_twice_is_left_alone(desk):
    desk.comes(with_file("paper.txt"))
    catch_up()

    assert [file_to_read() is not None for _ in range(3)] == [True, True, False]


def test_a_file_whose_content_is_gone_is_said_to_be_missing(desk, reader):
    desk.comes(with_file("paper.txt"))
    catch_up()
    digest = db.value("SELECT digest FROM conversations_filetext")
    store().remove([digest])

    assert read_file(reader, at=LATER) == "missing"


def test_a_text_goes_when_no_message_carries_its_file(desk, reader):
    desk.comes(with_file("paper.txt"))
    catch_up()
    read_file(reader, at=LATER)

    assert forget_unreferenced_texts() == 0
    db.execute("DELETE FROM conversations_attachment")
    assert forget_unreferenced_texts() == 1


def test_a_new_subject_is_found_and_the_old_one_too(desk):
    change(desk.ada, desk.first, Change(subject="Stolen on the way"), by=desk.by, at=LATER)
    catch_up()

    assert (found(desk, "stolen"), found(desk, "subject:bike")) == ([(desk.first, "")], [(desk.first, "")])


def test_words_are_counted_once_however_often_history_is_read(desk):
    desk.comes(with_file("paper.txt"))
    catch_up()
    count = db.value("SELECT count FROM desk_word WHERE word = 'bell'")
    catch_up()

    assert (count, db.value("SELECT count FROM desk_word WHERE word = 'bell'")) == (1, 1)
