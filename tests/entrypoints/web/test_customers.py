"""Customers on the screens: finding, changing, merging, companies, fields, segments."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careline.domain.customers import commands as customers
from careline.domain.customers.commands.fields import define_field
from careline.domain.customers.queries.imports import due_import
from careline.domain.customers.queries.merges import merges_of
from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.desk.queries.customer_card import consents_of, notes_of
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM
from careline.flows.work_on_import import work_on_import
from careline.kit.typed_fields import Choice, Definition
from tests.world import NOON, World

SIZE = Definition("size", "Frame size", "choice", (Choice("s", "Small"), Choice("m", "Medium")))


def add(name: str, *addresses: tuple[str, str]) -> int:
    key = customers.add(name=name, by=SYSTEM, at=NOON).pk
    for kind, value in addresses:
        customers.add_address(key, kind=kind, value=value, by=SYSTEM, at=NOON)
    return int(key)


@pytest.fixture
def size(world: World) -> None:
    define_field("customer", definition=SIZE, is_listed=True, by=SYSTEM, at=NOON)


def shown(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_every_page_about_customers_opens(ada: Client, world: World, size: None) -> None:
    dora = add("Dora", ("email", "dora@example.org"), ("phone", "+4930123456"))
    company = customers.add_organisation("Bells", domains=["example.org"], by=SYSTEM, at=NOON).pk
    for url in (
        "/customers", "/customers?q=do&sort=company&contact=7&language=de&company=0&consent=news&tag=x&field_size=m", "/customers/new",
        "/customers/duplicates", f"/customers/{world.carol}", f"/customers/{dora}", f"/customers/{dora}/beside", f"/customers/{dora}/timeline",
        f"/customers/{dora}/merges/new", f"/customers/{dora}/merges/new?q=carol", f"/customers/{dora}/merges/new?with={world.carol}",
        "/companies", "/companies/new", f"/companies/{company}", "/segments", "/settings/customer-fields", "/settings",
        f"/conversations/{world.case}",
    ):  # fmt: skip
        shown(ada, url)


def test_the_list_finds_filters_and_sorts(ada: Client, world: World, size: None) -> None:
    dora = add("Dora Maar", ("phone", "+4930123456"))
    customers.change(dora, fields={"size": "m"}, language="de", by=SYSTEM, at=NOON)
    for asked in ("q=maar", "q=030+12+34+56".replace("030", "%2B4930"), "field_size=m", "language=de"):
        page = shown(ada, f"/customers?{asked}")
        assert ("Dora Maar" in page, "Carol</span>" in page) == (True, False), asked
    assert "Medium" in shown(ada, "/customers")
    assert "Nobody found" in shown(ada, "/customers?q=nobody")
    page = shown(ada, "/customers?sort=name")
    assert page.index("Carol</span>") < page.index("Dora Maar</span>")


def test_a_customer_who_only_rings_is_added_by_number(ada: Client, world: World) -> None:
    answer = ada.post("/customers/new", {"name": "Dora", "phone": "0049 (0)30 / 123456"})
    page = shown(ada, answer.headers["Location"])
    assert "+4930123456" in page
    again = ada.post("/customers/new", {"name": "Dora again", "phone": "+49 30 123456"})
    assert (again.status_code, answer.headers["Location"] in again.content.decode()) == (422, True)
    assert ada.post("/customers/new", {"name": ""}).status_code == 422


def test_what_stands_on_the_card_is_changed(ada: Client, world: World, size: None) -> None:
    url = f"/customers/{world.carol}"
    card = {
        "name": "Carol Jensen",
        "language": "da",
        "time_zone": "Europe/Copenhagen",
        "do_not_contact": ["phone"],
        "field_size": "s",
    }
    assert ada.post(f"{url}/card", card).status_code == 302
    row = customer_row(world.person(world.ada), world.carol)
    assert (row.name, row.language, row.time_zone, row.do_not_contact, row.fields) == (
        "Carol Jensen", "da", "Europe/Copenhagen", ["phone"], {"size": "s"},
    )  # fmt: skip
    refused = ada.post(f"{url}/card", card | {"time_zone": "Moon/Base"})
    assert (refused.status_code, "There is no such time zone" in refused.content.decode()) == (422, True)
    refused = ada.post(f"{url}/card", card | {"field_size": "XXL"})
    assert "takes one of: Small, Medium." in refused.content.decode()
    assert customer_row(world.person(world.ada), world.carol).name == "Carol Jensen"


def test_addresses_notes_and_consent_come_and_go(ada: Client, world: World) -> None:
    url = f"/customers/{world.carol}"
    ada.post(f"{url}/addresses", {"kind": "phone", "value": "030 1234567"})
    row = customer_row(world.person(world.ada), world.carol)
    (phone,) = [one for one in row.addresses if one["kind"] == "phone"]
    assert (phone["value"], phone["is_primary"], phone["verified"]) == ("0301234567", True, False)
    ada.post(f"{url}/addresses/{phone['id']}", {"then": "verified"})
    row = customer_row(world.person(world.ada), world.carol)
    assert [(a["verified"], a["verified_how"]) for a in row.addresses if a["kind"] == "phone"] == [(True, "agent")]
    ada.post(f"{url}/addresses/{phone['id']}", {"then": "remove"})
    assert [a["kind"] for a in customer_row(world.person(world.ada), world.carol).addresses] == ["email"]
    refused = ada.post(f"{url}/addresses", {"kind": "phone", "value": "call me"})
    assert "This is no telephone number" in refused.content.decode()
    ada.post(f"{url}/remarks", {"text": "<b>Rings</b> twice"})
    (note,) = notes_of(world.carol)
    assert (note.text, note.author_name, "&lt;b&gt;Rings" in shown(ada, url)) == ("<b>Rings</b> twice", "Ada", True)
    ada.post(f"{url}/remarks/{note.id}", {"then": "remove"})
    assert notes_of(world.carol) == []
    ada.post(f"{url}/consents", {"purpose": "news", "how": "On the phone"})
    ada.post(f"{url}/consents", {"purpose": "news", "then": "withdraw"})
    assert [(row.purpose, row.holds, row.given_how, row.given_by) for row in consents_of(world.carol)] == [
        ("news", False, "On the phone", "Ada")
    ]


def test_two_are_merged_by_choice_and_parted_again(ada: Client, world: World) -> None:
    dora = add("Carol", ("email", "carol@example.org"))
    page = shown(ada, f"/customers/{world.carol}")
    assert "Perhaps the same person" in page
    answer = ada.post(f"/customers/{world.carol}/merges", {"other": dora, "survivor": dora, "take_name": dora})
    assert answer.headers["Location"] == f"/customers/{dora}"
    assert ada.get(f"/customers/{world.carol}").headers["Location"] == f"/customers/{dora}"
    (merge,) = merges_of(dora)
    assert "Part again" in shown(ada, f"/customers/{dora}")
    assert ada.post(f"/customers/{dora}/merges/{merge.id}").headers["Location"] == f"/customers/{world.carol}"
    assert "#" + str(world.case) in shown(ada, f"/customers/{world.carol}")
    assert ada.post(f"/customers/{dora}/merges/{merge.id}").status_code == 422


def test_those_who_are_not_the_same_are_not_suggested_again(ada: Client, world: World) -> None:
    dora = add("Carol", ("email", "carol@example.org"))
    assert "Compare" in shown(ada, "/customers/duplicates")
    ada.post(f"/customers/{world.carol}/distinctions", {"other": dora, "back": "duplicates"})
    assert "Compare" not in shown(ada, "/customers/duplicates")
    assert "Perhaps the same person" not in shown(ada, f"/customers/{world.carol}")


def test_a_company_is_added_suggested_and_taken(ada: Client, world: World) -> None:
    answer = ada.post("/companies/new", {"name": " Example  Ltd ", "domains": "example.com, @example.net"})
    url = answer.headers["Location"]
    assert "Their mail comes from Example Ltd." in shown(ada, f"/customers/{world.carol}")
    ada.post(f"/customers/{world.carol}/company", {"company": url.rpartition("/")[2]})
    assert "Carol" in shown(ada, url)
    refused = ada.post(url, {"name": "Example", "domains": "not a domain!"})
    assert (refused.status_code, "is no domain" in refused.content.decode()) == (422, True)


def test_a_filter_is_kept_as_a_segment(ada: Client, world: World) -> None:
    add("Dora")
    answer = ada.post("/segments", {"name": "Only Carol", "filter": '{"words": "carol"}'})
    page = shown(ada, answer.headers["Location"])
    assert ("Carol</span>" in page, "Dora</span>" in page) == (True, False)
    assert "Only Carol" in shown(ada, "/segments")
    assert ada.post("/segments", {"name": "only carol", "filter": "{}"}).status_code == 422
    assert ada.post("/segments", {"name": "x", "filter": "{"}).status_code == 422


def test_the_list_asks_as_many_questions_for_one_as_for_many(ada: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as one:
        ada.get("/customers")
    for name in ("Dora", "Emil", "Finn"):
        add(name, ("email", f"{name.lower()}@example.org"))
    with CaptureQueriesContext(connection) as many:
        ada.get("/customers")
    assert len(many) == len(one)


def test_a_sheet_is_uploaded_mapped_checked_imported_and_taken_back(
    ada: Client, world: World, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    store.cache_clear()
    file = SimpleUploadedFile("people.csv", b"Name;E-Mail\nDora;dora@example.org\n;nobody\n")
    url = ada.post("/customer-imports", {"file": file}).headers["Location"]
    assert "dora@example.org" in shown(ada, url)
    assert ada.post(url, {"then": "check", "column_0": "name", "column_1": ""}).status_code == 302
    work()
    ada.post(url, {"then": "check", "column_0": "name", "column_1": "email"})
    work()
    page = shown(ada, url)
    assert ("1 new" in page, "1 refused" in page, "Import now" in page) == (True, True, True)
    ada.post(f"{url}/step", {"then": "start"})
    assert "Importing" in shown(ada, url, HX_Request="true", HX_Target="import-stage")
    work()
    assert "Dora" in shown(ada, "/customers")
    refused = b"".join(ada.get(f"{url}/refused").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    assert refused.splitlines() == [
        "Name,E-Mail,Why it was refused",
        ',nobody,"“nobody”: This is no mail address, as in carol@example.com."',
    ]
    ada.post(f"{url}/step", {"then": "undo"})
    work()
    assert ("Dora" in shown(ada, "/customers"), "Taken back" in shown(ada, url)) == (False, True)
    assert "Choose a file first." in ada.post("/customer-imports", {}).content.decode()
    store.cache_clear()


def work() -> None:
    while (due := due_import(NOON)) is not None:
        work_on_import(due, at=NOON)


def test_what_is_exported_runs_in_no_spreadsheet(ada: Client, world: World) -> None:
    add('=HYPERLINK("http://evil.example")', ("phone", "+4930123456"))
    lines = b"".join(ada.get("/customers/export?format=csv&q=hyperlink").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    (row,) = list(csv.reader(lines.splitlines()))[1:]
    assert row[1:4] == ['\'=HYPERLINK("http://evil.example")', "", "+4930123456"]
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(ada.get("/customers/export?format=xlsx").streaming_content))  # type: ignore[arg-type]
    )
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n"}  # never "f"
