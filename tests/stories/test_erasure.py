"""Somebody wants to be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands import erasing
from careline.domain.customers.commands.notes import add_note
from careline.domain.staff.rules import Forbidden
from careline.flows.change import Change, change
from careline.flows.draft import keep_draft
from careline.flows.erase_customer import erase_customer, journal_erasures, would_erase
from careline.flows.note import note
from careline.kit import db
from tests.stories.desk import CAROL, LATER, Desk, mail
from tests.stories.keeping import own_store, places_of

MARK = "zebrafinch"
QUILL = f"quill.{MARK}@example.com"
NAMED = f"Quill {MARK.title()}"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Iterator[None]:
    with own_store(tmp_path, settings):
        yield


def letter(*, subject: str = "The bell", cc: str = "", named: str = "", answers: str = "") -> bytes:
    said = EmailMessage()
    said["From"], said["To"], said["Subject"] = f"{NAMED} <{QUILL}>", "support@northwind.example", subject
    said["Message-ID"] = named or f"<1@{MARK}.example.com>"
    if cc:
        said["Cc"] = cc
    if answers:
        said["In-Reply-To"] = said["References"] = answers
    said.set_content(f"My {MARK} sings louder than the bell.\n\n-- \n{NAMED}")
    said.add_attachment(f"A picture of a {MARK}".encode(), maintype="text", subtype="plain", filename=f"{MARK}.txt")
    return said.as_bytes()


@pytest.fixture
def known(desk: Desk) -> tuple[Desk, int, int]:
    """Quill has a case of their own, wrote in one of Carol's, and is written about in notes, drafts and quotes."""
    own = desk.comes(letter())
    customer = int(desk.case(own.number).customer_id)
    desk.answers(own.number, f"Dear {NAMED}, feed the {MARK}.\n\n> My {MARK} sings")
    note(desk.ada, own.number, text=f"They keep a {MARK}.", by=desk.by, at=LATER)
    keep_draft(desk.ada, own.number, kind="reply", content={"text": f"About the {MARK}"}, at=LATER)
    add_note(customer, text=f"Likes the {MARK}", by=desk.by, at=LATER)
    first = desk.comes(mail(CAROL, subject="Lights", named="<lights@mail.example>", cc=[f"{NAMED} <{QUILL}>"]))
    desk.comes(letter(subject="Re: Lights", named=f"<2@{MARK}.example.com>", answers="<lights@mail.example>", cc=CAROL))
    desk.comes(
        mail(CAROL, subject="Re: Lights", text=f"Thanks, Quill.\n\n> My {MARK} sings louder", named="<3@mail.example>",
             answers=["<lights@mail.example>"], cc=[QUILL])
    )  # fmt: skip
    assert first.number != own.number
    desk.sends()
    return desk, customer, own.number


@pytest.mark.parametrize("mode", ["erase", "anonymise"])
def test_no_word_of_an_erased_customer_is_left_anywhere(known: Any, mode: str) -> None:
    desk, customer, _ = known
    assert {"file", "conversations_message", "channels_inbound", "customers_customer"} <= places_of(MARK).keys()
    erase_customer(desk.ada, customer, mode=mode, reason="Asked for by letter.", by=desk.by, at=LATER)
    assert places_of(MARK) == {}


def test_the_dry_run_says_exactly_what_the_erasure_does_and_changes_nothing(known: Any) -> None:
    desk, customer, _ = known
    for mode in ("anonymise", "erase"):
        before = places_of(MARK)
        planned = would_erase(desk.ada, customer, mode=mode, by=desk.by, at=LATER)
        assert places_of(MARK) == before
    done = erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    assert (planned.counts, planned.removed, planned.shared) == (done.counts, done.removed, done.shared)


def test_erased_cases_are_gone_and_their_numbers_are_not_used_again(known: Any) -> None:
    desk, customer, number = known
    done = erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    assert done.removed == [number]
    assert db.value("SELECT count(*) FROM conversations_conversation WHERE number = %s", [number]) == 0
    newest = db.value("SELECT max(number) FROM conversations_conversation")
    assert desk.comes(mail(named="<new@mail.example>")).number > newest


def test_anonymised_cases_keep_their_moments_and_figures(known: Any) -> None:
    desk, customer, number = known
    figures = "SELECT created_at, message_count, team_id, category FROM conversations_conversation WHERE number = %s"
    kinds = """SELECT m.kind, m.created_at FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
               WHERE c.number = %s ORDER BY m.id"""
    before = db.rows(figures, [number]), db.rows(kinds, [number])
    done = erase_customer(desk.ada, customer, mode="anonymise", reason="", by=desk.by, at=LATER)
    assert (done.removed, done.emptied) == ([], [number])
    assert (db.rows(figures, [number]), db.rows(kinds, [number])) == before


def test_what_carol_wrote_in_her_own_case_stays(known: Any) -> None:
    desk, customer, _ = known
    carols = (
        "SELECT visible_text FROM conversations_message WHERE author_id = %s AND author_kind = 'customer' ORDER BY id"
    )
    erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    said = [row.visible_text for row in db.rows(carols, [desk.world.carol])]
    assert said == ["I ordered it a week ago.", "It does not ring.", "Thanks, Quill."]


def test_it_is_on_record_who_erased_when_and_why_and_never_whom(known: Any) -> None:
    desk, customer, _ = known
    done = erase_customer(desk.ada, customer, mode="erase", reason="Asked for by letter.", by=desk.by, at=LATER)
    (row,) = db.rows("SELECT customer_id, mode, reason, by_id, at FROM customers_erasure")
    assert tuple(row) == (customer, "erase", "Asked for by letter.", desk.ada.id, LATER)
    (told,) = db.rows("SELECT customer_id, data FROM history WHERE name = 'customer.erased'")
    assert tuple(told) == (customer, {"mode": "erase", "erasure": done.id})
    assert journal_erasures() == 0


def test_who_writes_again_is_somebody_new(known: Any) -> None:
    desk, customer, _ = known
    erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    again = desk.comes(mail(f"{NAMED} <{QUILL}>", named="<again@mail.example>"))
    assert (again.outcome, desk.case(again.number).customer_id == customer) == ("opened", False)


def test_a_case_under_legal_hold_keeps_its_customer(known: Any) -> None:
    desk, customer, number = known
    change(desk.ada, number, Change(tag="Legal hold"), by=desk.by, at=LATER)
    with pytest.raises(Refused, match=f"Under legal hold: {number}"):
        erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    assert places_of(MARK) != {}


def test_who_was_erased_is_not_erased_twice(known: Any) -> None:
    desk, customer, _ = known
    erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    with pytest.raises(NotFound):
        erase_customer(desk.ada, customer, mode="erase", reason="", by=desk.by, at=LATER)
    with pytest.raises(erasing.Gone):
        erasing.held_person(customer)


def test_a_representative_may_not_erase(known: Any) -> None:
    desk, customer, _ = known
    with pytest.raises((Forbidden, NotFound)):
        erase_customer(desk.ben, customer, mode="erase", reason="", by=desk.by, at=LATER)
    assert places_of(MARK) != {}
