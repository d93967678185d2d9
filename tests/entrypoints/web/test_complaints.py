"""The register on screen: one key from a case, one screen for all of it, and what it goes by."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careline.domain.complaints.queries.book import rules_in_force
from careline.domain.complaints.queries.register import complaint_by_id, record_of
from careline.kit import clock, db
from tests.world import NOON, World, make_world, writes_in

PART = {"HX-Request": "true"}


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_world()


@pytest.fixture
def ada(world: World) -> Client:
    client = Client()
    client.force_login(world.ada)
    return client


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_one_key_records_it_and_a_second_press_opens_the_same(world: World, ada: Client) -> None:
    beside = f"/conversations/{world.case}/complaints"
    assert "Record a complaint" in words(ada.get(beside, headers=PART))
    first, again = (ada.post(beside, headers=PART) for _ in "ab")
    where = first.headers["HX-Redirect"]
    assert (first.status_code, again.headers["HX-Redirect"]) == (204, where)
    panel = words(ada.get(beside, headers=PART))
    assert (where in panel, "Record a complaint" in panel) == (True, False)
    page = words(ada.get(where))
    for part in (
        "I ordered it a week ago.",
        "Acknowledgement",
        "Final answer",
        "Decide first whether the complaint is upheld.",
        "Owner",
    ):
        assert part in page, part
    assert words(ada.get("/complaints?state=open&clock=near")).count("COMP-") == 0
    assert words(ada.get("/complaints?state=open&severity=medium")).count("COMP-") == 1
    assert words(ada.get("/complaints?state=closed")).count("COMP-") == 0


def test_the_steps_of_its_page_lead_to_its_end(world: World, ada: Client) -> None:
    where = ada.post(f"/conversations/{world.case}/complaints", headers=PART).headers["HX-Redirect"]
    key = int(where.rpartition("/")[2])

    def step(name: str, **form: str) -> int:
        return int(ada.post(where, {"step": name, **form}).status_code)

    assert step("change", category="", severity="high", country="de", owner=str(world.ben.pk)) == 302
    assert step("note", words="") == 422
    assert step("decide", outcome="partly", reasons="In part.", cause="", remedy="apology") == 302
    assert step("extend", until="", words="Why") == 422
    letter = words(ada.get(f"{where}/letters/final"))
    assert "In part." in letter
    assert ada.post(f"{where}/letters/final", {"way": "paper", "text": "{{complaint.nobody}}"}).status_code == 422
    assert ada.post(f"{where}/letters/final", {"way": "reply", "text": "Dear Carol, in part."}).status_code == 302
    assert step("close", satisfied="no", words="Not enough.") == 302
    assert step("refer", body="The Board", on="2026-11-20") == 302
    assert (
        step("correct", words="Ask the carrier.", owner=str(world.ben.pk), due_on="2026-12-01", check_after="10") == 302
    )
    row = complaint_by_id(key)
    assert row is not None
    assert (row.state, row.is_satisfied, row.country, row.severity, row.referred_to) == (
        "closed",
        False,
        "DE",
        "high",
        "The Board",
    )
    assert [one.what for one in record_of(key)] == ["referral", "closure", "final", "decision"]
    assert step("nonsense") == 422


def test_a_letter_without_a_case_opens_one(world: World, ada: Client) -> None:
    assert "How it came" in words(ada.get("/complaints/new"))
    empty = ada.post("/complaints", {"form": "letter", "name": "Dan", "text": ""})
    assert (empty.status_code, "Dan" in words(empty)) == (422, True)
    opened = ada.post("/complaints", {"form": "phone", "name": "Dan", "text": "It is too loud.", "severity": "low"})
    assert "It is too loud." in words(ada.get(opened.headers["Location"]))


def test_what_it_goes_by_is_kept_under_settings(world: World, ada: Client) -> None:
    assert ada.post("/settings/complaints", {"what": "examples"}).status_code == 302
    page = words(ada.get("/settings/complaints"))
    for part in ("15 and 60 days", "3 business days and 8 weeks", "Delivery", "Lost or damaged on the way"):
        assert part in page, part
    assert ada.post("/settings/complaints", {"what": "category", "name": "delivery"}).status_code == 422
    usual = next(row for row in rules_in_force(NOON) if row.code == "eight-weeks")
    form = {"name": "Ours", "final-count": "30", "final-unit": "days", "body": "The Board", "from": "2026-12-24"}
    assert ada.post(f"/settings/complaints/rules/{usual.id}", form).status_code == 302
    assert [row.name for row in rules_in_force(NOON)] == ["15 and 60 days", "3 business days and 8 weeks"]
    assert ada.post("/settings/complaints/rules/new", {"name": "Ours"}).status_code == 422
    kept = {"kind": "final", "name": "Ours", "text-en": "Dear {{customer.name}}"}
    assert ada.post("/settings/complaints/letters/new", kept).status_code == 302
    assert "Ours" in words(ada.get("/settings/complaints"))
    assert "No complaint in these two periods" in words(ada.get("/complaints/trends"))


def test_a_list_of_three_asks_as_often_as_one_of_one(world: World, ada: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            ada.get("/complaints")
        return len(queries)

    ada.post(f"/conversations/{world.case}/complaints", headers=PART)
    asked()
    one = asked()
    for subject in ("Two", "Three"):
        number = writes_in(subject, text="Late.", mailbox=world.mailbox).number
        ada.post(f"/conversations/{number}/complaints", headers=PART)
    assert asked() == one
    assert db.value("SELECT count(*) FROM complaints_complaint") == 3


def test_whoever_it_is_about_sees_nothing_of_it_on_any_page(world: World, ada: Client) -> None:
    where = ada.post(f"/conversations/{world.case}/complaints", headers=PART).headers["HX-Redirect"]
    note = {"step": "note", "words": "Quagga was heard to shout."}
    assert ada.post(where, note).status_code == 302
    gone = ada.post(where, {"step": "change", "owner": "", "about": str(world.ada.pk)})
    assert (gone.status_code, gone.headers["Location"]) == (302, "/complaints")
    case = db.value("SELECT customer_id FROM conversations_conversation WHERE number = %s", [world.case])
    for page in (
        "/complaints",
        f"/conversations/{world.case}",
        f"/customers/{case}",
        "/search?q=shout",
        "/complaints/trends",
    ):
        answer = ada.get(page)
        assert (answer.status_code, "Quagga" in words(answer)) == (200, False), page
        assert where not in words(answer), page
    assert [ada.get(page).status_code for page in (where, f"{where}/letters/final")] == [404, 404]
    assert ada.post(where, note).status_code == 404
    beside = words(ada.get(f"/conversations/{world.case}/complaints", headers=PART))
    assert (where in beside, "Record a complaint" in beside) == (False, False)
    assert ada.post(f"/conversations/{world.case}/complaints", headers=PART).status_code == 422
