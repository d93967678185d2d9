"""Customers over the API: parts, merges, companies, fields, segments, history, imports."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from careline.domain.customers.queries.imports import due_import
from careline.flows.work_on_import import work_on_import
from careline.kit import clock
from tests.entrypoints.api.conftest import API, Caller
from tests.world import NOON, World, writes_in


@pytest.fixture
def dora(ada: Caller) -> str:
    return str(
        ada("POST", "/customers", {"name": "Dora", "phone": "0049 30 123456", "email": "dora@example.org"}).json["id"]
    )


def test_a_customer_may_be_reached_by_phone_alone(ada: Caller) -> None:
    made = ada("POST", "/customers", {"phone": "+49 (0)30 / 123-456"})
    assert [(a["kind"], a["value"], a["is_primary"]) for a in made.json["addresses"]] == [
        ("phone", "+4930123456", True)
    ]
    assert ada("POST", "/customers", {"phone": "nobody"}).fields == ["phone"]
    (found,) = ada.get("/customers?q=%2B49%2030%20123456")["items"]
    assert found["id"] == made.json["id"]


def test_addresses_come_change_and_go(ada: Caller, world: World, dora: str) -> None:
    new = ada("POST", f"/customers/{dora}/addresses", {"kind": "email", "value": "Dora <d@example.net>"})
    assert new.fields == ["value"]
    new = ada("POST", f"/customers/{dora}/addresses", {"kind": "email", "value": "d@EXAMPLE.net"})
    assert (new.status, new.json["value"], new.json["is_primary"], new.json["verified"]) == (
        201,
        "d@example.net",
        False,
        False,
    )
    place = new.headers["Location"].removeprefix(API)
    assert ada("PATCH", place, {"is_primary": True, "verified": True}).json["verified_how"] == "agent"
    firsts = [(a["value"], a["is_primary"]) for a in ada.get(f"/customers/{dora}")["addresses"] if a["kind"] == "email"]
    assert firsts == [("d@example.net", True), ("dora@example.org", False)]
    taken = ada("POST", f"/customers/{dora}/addresses", {"value": "carol@example.com"})
    assert (taken.status, taken.json["code"]) == (409, "address_taken")
    assert [ada("DELETE", place).status, ada("DELETE", place).status] == [204, 404]
    assert [a["is_primary"] for a in ada.get(f"/customers/{dora}")["addresses"] if a["kind"] == "email"] == [True]
    assert ada("PATCH", f"/customers/{world.carol}/addresses/{firsts and 1}", {"verified": True}).status == 404


def test_a_mail_that_was_not_proven_changes_no_address(ada: Caller, world: World) -> None:
    writes_in("Again", text="Me", mailbox=world.mailbox, name="Karol")
    (address,) = ada.get(f"/customers/{world.carol}")["addresses"]
    assert (address["verified"], address["verified_how"], ada.get(f"/customers/{world.carol}")["name"]) == (
        False,
        "",
        "Carol",
    )


def test_notes_and_consents_are_written_down(ada: Caller, dora: str) -> None:
    note = ada("POST", f"/customers/{dora}/notes", {"text": "Rings twice"})
    assert (note.status, note.json["author"]["name"]) == (201, "Ada")
    place = note.headers["Location"].removeprefix(API)
    assert ada("PATCH", place, {"text": "Rings thrice"}).json["text"] == "Rings thrice"
    assert [c["id"] for c in ada.get("/customers?q=thrice")["items"]] == [dora]
    consent = ada("POST", f"/customers/{dora}/consents", {"purpose": "news", "how": "shop"})
    assert (consent.status, consent.json["holds"], consent.json["given_by"]) == (201, True, "Ada")
    assert [c["id"] for c in ada.get("/customers?consent=news")["items"]] == [dora]
    assert ada("DELETE", consent.headers["Location"].removeprefix(API)).status == 204
    assert ada.get("/customers?consent=news")["items"] == []
    assert [(c["holds"], c["withdrawn_by"]) for c in ada.get(f"/customers/{dora}/consents")["items"]] == [
        (False, "Ada")
    ]
    assert ada("DELETE", place).status == 204


def test_merging_either_way_answers_under_the_one_who_stays(ada: Caller, world: World, dora: str) -> None:
    carol = str(world.carol)
    made = ada("POST", f"/customers/{dora}/merges", {"into": carol})
    assert (made.status, made.json["survivor"], made.json["merged"]) == (201, carol, {"id": dora, "name": "Dora"})
    moved = ada("GET", f"/customers/{dora}/timeline?limit=5")
    assert (moved.status, moved.headers["Location"]) == (308, f"{API}/customers/{carol}/timeline?limit=5")
    assert ada("POST", f"/customers/{carol}/merges", {"from": dora}).status == 404
    assert ada("POST", f"/customers/{carol}/merges", {}).fields == ["into"]
    place = made.headers["Location"].removeprefix(API)
    assert ada("DELETE", place).json["undone_at"] is not None
    assert ada("DELETE", place).status == 409
    assert ada.get(f"/customers/{dora}")["name"] == "Dora"


def test_duplicates_are_suggested_until_somebody_says_no(ada: Caller, world: World) -> None:
    twin = ada("POST", "/customers", {"name": "Carol", "email": "carol+shop@example.net"}).json["id"]
    (likely,) = ada.get(f"/customers/{world.carol}/duplicates")["items"]
    assert (likely["customer"]["id"], likely["why"]) == (twin, ["mail"])
    assert len(ada.get("/customer-duplicates?limit=1")["items"]) == 1
    assert ada("POST", f"/customers/{world.carol}/distinctions", {"customer": twin}).status == 204
    assert ada.get("/customer-duplicates")["items"] == []


def test_own_fields_are_typed_listed_and_searched(ada: Caller, dora: str) -> None:
    size = {
        "name": "Frame size",
        "kind": "choice",
        "choices": [{"code": "s", "name": "Small"}, {"code": "m", "name": "Medium"}],
    }
    made = ada("POST", "/customer-fields", size)
    assert (made.status, made.json["code"]) == (201, "frame_size")
    assert ada("POST", "/customer-fields", size).status == 422
    ada("POST", "/customer-fields", {"name": "Orders", "kind": "number"})
    assert ada("PATCH", f"/customers/{dora}", {"fields": {"frame_size": "Medium", "orders": 12}}).json["fields"] == {
        "frame_size": "m", "orders": 12,
    }  # fmt: skip
    assert ada("PATCH", f"/customers/{dora}", {"fields": {"orders": "many"}}).fields == ["fields.orders"]
    for asked, found in (
        ('{"frame_size":"m"}', 1),
        ('{"frame_size":"s"}', 0),
        ('{"orders":{"min":10,"max":20}}', 1),
        ('{"orders":{"min":13}}', 0),
    ):
        assert len(ada.get(f"/customers?fields={asked}")["items"]) == found, asked
    assert ada("GET", "/customers?fields=[1]").fields == ["fields"]
    assert [c["id"] for c in ada.get("/customers?q=medium")["items"]] == [dora]
    assert ada("DELETE", f"/customer-fields/{made.json['id']}").status == 204
    assert [f["code"] for f in ada.get("/customer-fields")["items"]] == ["orders"]


def test_companies_gather_their_people(ada: Caller, dora: str) -> None:
    made = ada("POST", "/organisations", {"name": "Bells & Co", "domains": ["Example.ORG"]}).json
    assert ada("PATCH", f"/customers/{dora}", {"company": made["id"]}).json["company"]["name"] == "Bells & Co"
    assert [c["id"] for c in ada.get(f"/customers?company={made['id']}")["items"]] == [dora]
    assert ada.get("/organisations?q=example.org")["items"][0]["people"] == 1
    assert ada("PATCH", f"/organisations/{made['id']}", {"domains": ["not a domain"]}).fields == ["domains"]
    assert ada("PATCH", f"/customers/{dora}", {"company": "999999"}).fields == ["company"]


def test_a_segment_keeps_a_filter_and_counts(ada: Caller, dora: str) -> None:
    ada("PATCH", f"/customers/{dora}", {"language": "de"})
    made = ada("POST", "/segments", {"name": "German", "filter": {"language": "de"}}).json
    assert (made["size"], [c["id"] for c in ada.get(f"/customers?segment={made['id']}")["items"]]) == (1, [dora])
    assert ada("POST", "/segments", {"name": "german", "filter": {}}).status == 409
    assert ada("POST", "/segments", {"name": "Odd", "filter": {"moon": 1}}).fields == ["filter"]
    assert ada("POST", "/segments", {"name": "Odd", "filter": {"silent_for": -1}}).fields == ["filter"]


def test_the_whole_history_is_read_page_by_page(ada: Caller, cleo: Caller, world: World) -> None:
    ada("POST", f"/customers/{world.carol}/notes", {"text": "Kind"})
    writes_in("Again", text="Me", mailbox=world.mailbox)
    everything: list[Any] = []
    cursor = ""
    while cursor is not None:
        page = ada.get(f"/customers/{world.carol}/timeline?limit=1" + (f"&cursor={cursor}" if cursor else ""))
        everything += page["items"]
        cursor = page["next"]
    assert everything == ada.get(f"/customers/{world.carol}/timeline")["items"]
    assert sorted({(e["type"], e["name"]) for e in everything}) == [
        ("event", "conversation.opened"), ("event", "customer.added"), ("message", "incoming"), ("note", "note"),
    ]  # fmt: skip
    assert cleo("GET", f"/customers/{world.carol}/timeline").status == 404


def test_sorting_by_name_goes_on_where_it_stood(ada: Caller, world: World) -> None:
    for name in ("Émile", "anna", "Zoe", "émile"):
        ada("POST", "/customers", {"name": name})
    found, cursor = [], ""
    while cursor is not None:
        page = ada.get("/customers?sort=name&limit=2" + (f"&cursor={cursor}" if cursor else ""))
        found += [c["name"] for c in page["items"]]
        cursor = page["next"]
    assert found == ["anna", "Carol", "Émile", "émile", "Zoe"]


def test_a_sheet_is_imported_and_exported(ada: Caller, world: World) -> None:
    made = ada(
        "POST",
        "/customer-imports?name=a.csv",
        raw="Name,Mail\nDöra,dora@example.org\n,x\n".encode(),
        content_type="text/csv",
    )
    assert (made.status, made.json["mapping"], made.json["state"]) == (201, ["name", "email"], "uploaded")
    place = f"/customer-imports/{made.json['id']}"
    ada("PATCH", place, {"mapping": ["name", "email"]})
    _work()
    assert ada.get(place)["counts"] == {"new": 1, "refused": 1}
    assert ada("POST", f"{place}/steps", {"step": "start"}).json["state"] == "running"
    _work()
    assert [row["number"] for row in ada.get(f"{place}/rows")["items"]] == [2]
    exported = ada("GET", "/customer-exports?q=dora")
    assert [row[1] for row in csv.reader(exported.content.decode("utf-8-sig").splitlines())] == ["Name", "Döra"]


def _work() -> None:
    while (due := due_import(clock.now())) is not None:
        work_on_import(due, at=NOON)
