"""Customers come in from a sheet: dry run, import, undo."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careline.domain.conversations.errors import Refused
from careline.domain.customers import commands as customers
from careline.domain.customers.commands.fields import define_field
from careline.domain.customers.queries.imports import due_import, import_by_id, rows_with
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.change_customer import Wrong
from careline.flows.import_customers import (
    cancel_import,
    map_import,
    preview_of,
    start_import,
    undo_import,
    upload_import,
)
from careline.flows.work_on_import import work_on_import
from careline.kit import db
from careline.kit.typed_fields import Choice, Definition
from tests.world import NOON, World, make_world, writes_in

SHEET = """Name;E-Mail;Telefon;Firma;Größe;Notiz
Dora Maar;dora@example.org;0049 30 123456;Bells;Mittel;Klingelt zweimal
Carol Jensen;carol@example.com;;;;
Emil;;;;;
;nobody;;;;
Fiona;fiona@example.org;;;XXL;
Dora M.;dora@example.org; ;;;
"""
MAPPING = ["name", "email", "phone", "company", "field:size", "note"]
TABLES = (
    "SELECT id, name, language, notes, fields::text, organisation_id, merged_into_id FROM customers_customer ORDER BY id",
    "SELECT customer_id, kind, value, is_primary FROM customers_address ORDER BY kind, value",
    "SELECT customer_id, text FROM customers_note ORDER BY id", "SELECT customer_id, purpose FROM customers_consent ORDER BY id",
)  # fmt: skip


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.DATA = tmp_path
    store.cache_clear()
    made = make_world()
    size = Definition("size", "Größe", "choice", (Choice("s", "Klein"), Choice("m", "Mittel")))
    define_field("customer", definition=size, is_listed=True, by=SYSTEM, at=NOON)
    yield made
    store.cache_clear()


def worked(key: int) -> Any:
    while (due := due_import(NOON)) is not None:
        work_on_import(due, at=NOON)
    return import_by_id(key)


def checked(world: World, content: bytes, mapping: list[str], *, name: str = "people.csv", **words: Any) -> int:
    ada = world.person(world.ada)
    key = upload_import(ada, content, name=name, by=agent(ada.id), at=NOON)
    map_import(ada, key, mapping=mapping, by=agent(ada.id), at=NOON, **words)
    assert worked(key).state == "checked"
    return key


def carried_out(world: World, key: int) -> Any:
    start_import(world.person(world.ada), key, by=agent(world.ada.pk), at=NOON)
    return worked(key)


def undone(world: World, key: int) -> Any:
    undo_import(world.person(world.ada), key, by=agent(world.ada.pk), at=NOON)
    return worked(key)


def everything() -> list[Any]:
    return [db.rows(sql) for sql in TABLES]


def test_the_dry_run_says_what_would_happen_and_changes_nothing(world: World) -> None:
    before = everything()
    key = checked(world, SHEET.encode("windows-1252"), MAPPING)
    found = import_by_id(key)
    assert (found.encoding, found.delimiter, found.headings[4], found.counts) == (
        "windows-1252", ";", "Größe", {"new": 2, "changed": 2, "refused": 2},
    )  # fmt: skip
    assert [(row.number, row.reason) for row in rows_with(key, "refused")] == [
        (4, "“nobody”: This is no mail address, as in carol@example.com."),
        (5, "“Größe” takes one of: Klein, Mittel."),
    ]
    assert [(row.number, row.reason) for row in rows_with(key, "changed")] == [
        (2, ""),
        (6, "The same person as in row 1."),
    ]
    assert everything() == before


def test_the_import_does_what_the_dry_run_said(world: World) -> None:
    key = checked(world, SHEET.encode(), MAPPING)
    assert carried_out(world, key).counts == {"new": 2, "changed": 2, "refused": 2}
    dora = db.row("SELECT * FROM customers_customer WHERE name = 'Dora M.'")
    assert (dora.fields, dora.organisation_id) == (
        {"size": "m"},
        db.value("SELECT id FROM customers_organisation WHERE name = 'Bells'"),
    )
    assert [(a.kind, a.value, a.is_primary) for a in customers_addresses(dora.id)] == [
        ("email", "dora@example.org", True), ("phone", "+4930123456", True),
    ]  # fmt: skip
    assert db.value("SELECT text FROM customers_note WHERE customer_id = %s", [dora.id]) == "Klingelt zweimal"
    assert db.value("SELECT name FROM customers_customer WHERE id = %s", [world.carol]) == "Carol Jensen"
    assert db.value("SELECT count(*) FROM customers_customer WHERE vector @@ '''maar''|''klingelt'''::tsquery") == 1


def customers_addresses(customer: int) -> list[Any]:
    return db.rows(
        "SELECT kind, value, is_primary FROM customers_address WHERE customer_id = %s ORDER BY id", [customer]
    )


def test_an_undo_gives_everything_back(world: World) -> None:
    customers.change(world.carol, fields={"size": "s"}, by=SYSTEM, at=NOON)
    before = everything()
    key = checked(world, SHEET.encode(), MAPPING)
    carried_out(world, key)
    assert everything() != before
    assert (undone(world, key).state, import_by_id(key).counts) == ("undone", {"undone": 4, "refused": 2})
    assert everything() == before


def test_an_undo_keeps_who_is_in_use_or_changed_since_and_says_so(world: World) -> None:
    key = checked(world, SHEET.encode(), MAPPING)
    carried_out(world, key)
    emil = db.value("SELECT id FROM customers_customer WHERE name = 'Emil'")
    writes_in("My bell", text="It rings", mailbox=world.mailbox, sender="dora@example.org", name="Dora")
    customers.change(emil, language="fr", by=SYSTEM, at=NOON)
    customers.change(world.carol, name="Carola", by=SYSTEM, at=NOON)
    undone(world, key)
    assert [row.reason for row in rows_with(key, "kept")] == [
        "There are cases of this customer by now.", "The customer was changed since.",
    ]  # fmt: skip
    assert db.value("SELECT name FROM customers_customer WHERE id = %s", [world.carol]) == "Carola"


def test_the_same_sheet_once_more_changes_nothing_and_its_mapping_is_remembered(world: World) -> None:
    carried_out(world, checked(world, SHEET.encode(), MAPPING))
    before = everything()
    ada = world.person(world.ada)
    again = upload_import(ada, SHEET.encode(), name="again.csv", by=agent(ada.id), at=NOON)
    assert import_by_id(again).mapping == MAPPING
    key = checked(
        world, SHEET.replace("Dora M.", "Dora Maar").replace("Emil;", ";").encode(), MAPPING, is_updating=False
    )
    assert carried_out(world, key).counts == {"same": 3, "refused": 2}
    assert everything() == before


def test_columns_are_known_by_their_headings(world: World) -> None:
    ada = world.person(world.ada)
    content = "First name,Surname,e-mail address,Mobile,größe,Weather\nAda,L,a@example.org,,,x\n".encode()
    key = upload_import(ada, content, name="a.csv", by=agent(ada.id), at=NOON)
    assert import_by_id(key).mapping == ["first_name", "last_name", "email", "phone", "field:size", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_encodings_are_found(world: World, encoding: str) -> None:
    ada = world.person(world.ada)
    content = "Name,Mail\nGrößte Müller,m@example.org\n".encode(encoding)
    key = upload_import(ada, content, name="a.csv", by=agent(ada.id), at=NOON)
    assert preview_of(import_by_id(key)) == [["Größte Müller", "m@example.org"]]


def test_a_wrong_encoding_is_shown_and_chosen_anew(world: World) -> None:
    ada = world.person(world.ada)
    content = "Name,Mail\nŁukasz Żak,l@example.org\n".encode("windows-1250")
    key = upload_import(ada, content, name="a.csv", by=agent(ada.id), at=NOON)
    assert preview_of(import_by_id(key)) != [["Łukasz Żak", "l@example.org"]]
    map_import(ada, key, encoding="windows-1250", by=agent(ada.id), at=NOON)
    assert preview_of(import_by_id(key)) == [["Łukasz Żak", "l@example.org"]]
    with pytest.raises(Wrong, match="no such encoding"):
        map_import(ada, key, encoding="klingon", by=agent(ada.id), at=NOON)


def test_excel_is_read_with_its_dates_and_numbers(world: World) -> None:
    import datetime as moments

    import openpyxl

    define_field("customer", definition=Definition("since", "Since", "date"), is_listed=False, by=SYSTEM, at=NOON)
    book = openpyxl.Workbook()
    book.active.append(["Name", "Phone", "Since"])
    book.active.append(["دورا", 4930123456, moments.datetime(2026, 1, 2)])  # noqa: DTZ001  Excel knows no zones
    held = io.BytesIO()
    book.save(held)
    key = checked(world, held.getvalue(), ["name", "phone", "field:since"], name="people.xlsx")
    carried_out(world, key)
    row = db.row("SELECT id, fields FROM customers_customer WHERE name = 'دورا'")
    assert (row.fields, [a.value for a in customers_addresses(row.id)]) == ({"since": "2026-01-02"}, ["4930123456"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b"PK\x03\x04broken", "The workbook is damaged; save it anew, or as CSV."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a workbook of old Excel (.xls); save it as .xlsx or as CSV."),
        (b",".join([b"a"] * 300), "Row 1 has more than 200 columns."),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(world: World, content: bytes, sentence: str) -> None:
    with pytest.raises(Wrong) as refused:
        upload_import(world.person(world.ada), content, name="x", by=SYSTEM, at=NOON)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (["name"], 'Say for each of the 2 columns what it holds, "" for nothing.'),
        (["name", "name"], "Two columns are said to hold the same."),
        (["name", "field:gone"], "A column can't hold field:gone."),
        (["", "company"], "Say which column holds the name or an address."),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(world: World, mapping: list[str], sentence: str) -> None:
    ada = world.person(world.ada)
    key = upload_import(ada, b"a,b\n1,2\n", name="x.csv", by=SYSTEM, at=NOON)
    with pytest.raises(Wrong) as refused:
        map_import(ada, key, mapping=mapping, by=SYSTEM, at=NOON)
    assert str(refused.value) == sentence


def test_who_cancels_stops_it_and_may_take_back_what_came_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careline.flows.work_on_import.WRITTEN_AT_ONCE", 1)
    before = everything()
    key = checked(world, SHEET.encode(), MAPPING)
    ada = world.person(world.ada)
    start_import(ada, key, by=SYSTEM, at=NOON)
    work_on_import(key, at=NOON)
    cancel_import(ada, key, by=SYSTEM, at=NOON)
    work_on_import(key, at=NOON)
    assert (import_by_id(key).state, import_by_id(key).position) == ("cancelled", 0)
    assert db.value("SELECT count(*) FROM customers_customer WHERE name = 'Dora Maar'") == 1
    with pytest.raises(Refused):
        start_import(ada, key, by=SYSTEM, at=NOON)
    undone(world, key)
    assert everything() == before


def test_addresses_of_two_customers_in_one_row_are_refused(world: World) -> None:
    dora = customers.add(name="Dora", by=SYSTEM, at=NOON).pk
    customers.add_address(dora, kind="email", value="dora@example.org", by=SYSTEM, at=NOON)
    key = checked(world, b"name,email\nBoth,dora@example.org; carol@example.com\n", ["name", "email"])
    both = ", ".join(map(str, sorted((dora, world.carol))))
    assert [row.reason for row in rows_with(key, "refused")] == [f"Its addresses belong to 2 customers ({both})."]


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_100_000_rows_come_in_and_go_again(world: World) -> None:
    lines = [
        f"Customer {n},c{n}@example{n % 700}.example,+49 30 {n:07d},Company {n % 500},{'Klein' if n % 2 else 'Mittel'}" for n in range(100_000)
    ]  # fmt: skip
    content = "\n".join(["Name,Mail,Phone,Company,Größe", *lines]).encode()
    started = time.monotonic()
    key = checked(world, content, ["name", "email", "phone", "company", "field:size"])
    dry = time.monotonic()
    assert carried_out(world, key).counts == {"new": 100_000}
    done = time.monotonic()
    assert undone(world, key).counts == {"undone": 100_000}
    gone = time.monotonic()
    print(f"\ndry run {dry - started:.1f} s, import {done - dry:.1f} s, undo {gone - done:.1f} s")
    assert gone - started < 600
