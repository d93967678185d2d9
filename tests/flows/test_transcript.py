"""A case as one document."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import attachments_of, messages_of
from careline.domain.conversations.queries.work import transcript_of
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.files.queries import content_of
from careline.domain.files.store import store
from careline.domain.history.actor import agent
from careline.flows import transcript as flow
from careline.flows.note import note
from careline.flows.transcript import ask_for_transcript, is_rtl, make_due_transcript
from careline.flows.uploaded import Attachment, keep_upload
from careline.kit.typeset import CannotTypeset, pdf_of
from tests.world import NOON, World, make_world

SOON = NOON + timedelta(minutes=5)


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.DATA = tmp_path
    store.cache_clear()
    yield make_world()
    store.cache_clear()


def test_what_the_customer_said_stands_in_it_and_notes_only_where_wanted(world: World) -> None:
    _notes(world, "She has called #twice [*bold*] $x$ \\ {now}")
    without, with_notes = _words(_made(world)), _words(_made(world, with_notes=True))
    assert "I ordered it a week ago." in without
    assert "twice" not in without
    assert "#twice [*bold*] $x$ \\ {now}" in with_notes, "nothing in a message is markup"


def test_arabic_runs_from_the_right_and_is_there(world: World) -> None:
    _notes(world, "مرحبا، أين دراجتي؟")
    reader = PdfReader(io.BytesIO(_pdf(_made(world, with_notes=True))))
    fonts = {name for page in reader.pages for name in _fonts(page)}
    assert (is_rtl("٣ مرحبا"), is_rtl("Hello مرحبا"), is_rtl("123")) == (True, False, False)
    assert len(fonts) >= 2, "a face that has Arabic stands in for the one that has not"


def test_a_long_case_has_all_of_it_on_numbered_pages(world: World) -> None:
    for n in range(230):
        _notes(world, f"Line {n} of a long story.\n" * 3)
    row = _made(world, with_notes=True)
    reader = PdfReader(io.BytesIO(_pdf(row)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 5
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    assert "Line 229 of a long story." in " ".join(pages)


def test_files_are_named_and_come_along_where_wanted(world: World) -> None:
    digest = keep_upload(b"a photo", at=NOON)
    file = Attachment(digest, "bell.png", "image/png", 7)
    note(world.person(world.ben), world.case, text="See this", attachments=(file,), by=agent(world.ben.pk), at=SOON)
    row = _made(world, with_notes=True, with_files=True)
    reader = PdfReader(io.BytesIO(_pdf(row)))
    assert "bell.png" in _words(row)
    assert [(name.partition(" ")[2], content) for name, [content] in reader.attachments.items()] == [
        ("bell.png", b"a photo")
    ]


def test_it_is_mailed_to_whom_one_names(world: World) -> None:
    _made(world, send_to=(Recipient("lawyer@example.org", "Lena"),))
    sent = messages_of(conversation_by_number(world.case).id)[-1]
    assert ([p["value"] for p in sent.to], sent.delivery, sent.data["forward"]) == (
        ["lawyer@example.org"],
        "held",
        True,
    )
    assert [(f.name, f.media_type) for f in attachments_of(sent.id)] == [(f"case-{world.case}.pdf", "application/pdf")]


def test_whoever_lost_the_case_before_its_turn_gets_none(world: World) -> None:
    key = _asked(world)
    world.ben.is_active = False
    world.ben.save()
    make_due_transcript(at=SOON)
    assert _row(world, key).state == "failed"


def test_nobody_asks_for_a_case_that_is_not_theirs(world: World) -> None:
    with pytest.raises(NotFound):
        ask_for_transcript(
            world.person(world.cleo), world.case, with_notes=False, with_files=False, by=agent(world.cleo.pk), at=NOON
        )


def test_what_takes_too_long_ends_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.typ"
    endless.write_text("#for n in range(9999) { for m in range(9999) { let x = n * m } }")
    with pytest.raises(CannotTypeset):
        pdf_of(endless, {}, seconds=1)
    monkeypatch.setattr(
        flow, "pdf_of", lambda *a, **k: (_ for _ in ()).throw(CannotTypeset("It took longer than 60 s."))
    )
    key = _asked(world)
    make_due_transcript(at=SOON)
    assert (_row(world, key).state, _row(world, key).words) == ("failed", "It took longer than 60 s.")


def _asked(
    world: World, *, with_notes: bool = False, with_files: bool = False, send_to: tuple[Recipient, ...] = ()
) -> int:
    return ask_for_transcript(
        world.person(world.ben),
        world.case,
        with_notes=with_notes,
        with_files=with_files,
        send_to=send_to,
        by=agent(world.ben.pk),
        at=SOON,
    )


def _made(world: World, **wanted: Any) -> Any:
    key = _asked(world, **wanted)
    assert make_due_transcript(at=SOON)
    row = _row(world, key)
    assert row.state == "done", row.words
    return row


def _row(world: World, key: int) -> Any:
    return transcript_of(key, agent=world.ben.pk, conversation=conversation_by_number(world.case).id)


def _pdf(row: Any) -> bytes:
    return content_of(row.digest)


def _words(row: Any) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(_pdf(row))).pages)


def _fonts(page: Any) -> list[str]:
    found = page["/Resources"].get("/Font", {})
    return [str(font.get_object().get("/BaseFont")) for font in found.values()]


def _notes(world: World, text: str) -> None:
    note(world.person(world.ben), world.case, text=text, by=agent(world.ben.pk), at=SOON)


def test_notes_are_mailed_to_colleagues_alone(world: World) -> None:
    with pytest.raises(Refused, match="Notes are for the team only"):
        _made(world, with_notes=True, send_to=(Recipient("ben@northwind.example"), Recipient("carol@example.com")))
    assert _made(world, with_notes=True, send_to=(Recipient("Ben@northwind.example"),)).state == "done"
