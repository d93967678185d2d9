"""One row per case by the API: the same cases as the lists, whole, as a file for whoever asked alone."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from careline.domain.staff.rules import Allowed
from careline.flows import export_rows
from careline.kit import clock, db
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World, writes_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three cases of Front more, one of nobody, each an hour after the other."""
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=1))
    for n, subject in enumerate(("=SUM(1;2)", "Lamp", "Chain", "Bell")):
        number = writes_in(subject, text="Hello.", mailbox=world.mailbox, at=NOON + timedelta(hours=n + 1)).number
        if subject == "Bell":
            db.execute("UPDATE conversations_conversation SET team_id = NULL WHERE number = %s", [number])
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ada.pk])
    return world


@pytest.fixture
def lead(desk: World) -> Caller:
    """Ben leads team Front now."""
    db.execute(
        "UPDATE staff_agent SET role_id = (SELECT id FROM staff_role WHERE code = 'team_lead') WHERE id = %s",
        [desk.ben.pk],
    )
    return Caller(desk.token_of(desk.ben))


def test_the_rows_are_those_of_the_list(desk: World, ada: Caller) -> None:
    listed = [one["number"] for one in ada.get("/conversations?limit=200")["items"]]
    rows = ada.get("/case-rows?columns=number,subject,team,opened_at,csat_score,is_spam")["items"]
    assert [row["number"] for row in rows] == sorted(listed, reverse=True)
    assert rows[0] == {
        "number": rows[0]["number"], "subject": "Bell", "team": None, "opened_at": "2026-11-20T16:00:00Z", "csat_score": None, "is_spam": False,
    }  # fmt: skip


def test_pages_follow_each_other_without_a_gap(desk: World, ada: Caller) -> None:
    found: list[str] = []
    path = "/case-rows?columns=subject&limit=2"
    cursor = ""
    while cursor is not None:
        page = ada.get(path + (f"&cursor={cursor}" if cursor else ""))
        found += [row["subject"] for row in page["items"]]
        cursor = page["next"]
    assert found == ["Bell", "Chain", "Lamp", "=SUM(1;2)", "Where is my bike?"]


def test_whoever_leads_a_team_exports_that_teams_cases(lead: Caller, ben: Caller) -> None:
    rows = lead.get("/case-rows?columns=subject,team")["items"]
    assert [row["subject"] for row in rows] == ["Chain", "Lamp", "=SUM(1;2)", "Where is my bike?"]
    made = lead("POST", "/case-exports", {"columns": ["subject"]}).json
    assert (made["state"], made["total"], made["written"]) == ("done", 4, 4)


def test_whoever_reads_more_than_they_may_export_exports_only_that(desk: World) -> None:
    everything, teams = (Allowed("all"),), (Allowed("team"),)
    cleo = replace(desk.person(desk.cleo), grants={"conversation:read": everything, export_rows.VERB: teams})
    db.execute("UPDATE conversations_conversation SET team_id = %s WHERE subject = 'Lamp'", [desk.back.pk])
    _, rows = export_rows.case_rows(cleo, export_rows.Wanted(), ["subject"], limit=10, at=NOON)
    assert [row[0] for row in rows] == ["Lamp"]
    assert export_rows.count_of_rows(cleo, export_rows.Wanted(), at=NOON) == 1


def test_a_representative_exports_nothing(desk: World, cleo: Caller) -> None:
    assert (cleo("GET", "/case-rows").status, cleo("POST", "/case-exports", {}).status) == (403, 403)


def test_a_list_is_narrowed_as_cases_are(desk: World, ada: Caller) -> None:
    def subjects(query: str) -> list[str]:
        return [row["subject"] for row in ada.get(f"/case-rows?columns=subject&{query}")["items"]]

    assert subjects("team=none") == ["Bell"]
    assert subjects("opened_since=2026-11-20T14:00:00Z&opened_until=2026-11-20T16:00:00Z") == ["Chain", "Lamp"]
    assert subjects("view=open&opened_since=2026-11-20T16:00:00Z") == ["Bell"]
    assert subjects("resolved_since=2026-11-01T00:00:00Z") == []


def test_what_cannot_be_asked_is_named(desk: World, ada: Caller) -> None:
    assert ada("GET", "/case-rows?columns=number,shoe_size").fields == ["columns"]
    assert ada("GET", "/case-rows?view=open&team=Front").fields == ["view"]
    assert ada("POST", "/case-exports", {"filter": {"colour": "red"}}).fields == ["filter.colour"]
    assert ada("POST", "/case-exports", {"columns": ["shoe_size"]}).fields == ["columns"]


@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet"])
def test_what_is_small_is_done_at_once(desk: World, ada: Caller, format: str) -> None:
    made = ada("POST", "/case-exports", {"format": format, "columns": ["number", "subject", "opened_at"]}).json
    assert (made["state"], made["written"], made["columns"]) == ("done", 5, ["number", "subject", "opened_at"])
    content = file_of(ada, made)
    assert len(content) == made["size"]
    if format == "csv":
        read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert read[0] == ["Case", "Subject", "Opened"]
        assert read[2][1:] == ["'=SUM(1;2)", "2026-11-20T13:00:00Z"]
    elif format == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(content))["Cases"].iter_rows(values_only=True))
        assert (rows[2][1], rows[2][2].isoformat()) == ("=SUM(1;2)", "2026-11-20T13:00:00")
    else:
        assert (content[:4], content[-4:]) == (b"PAR1", b"PAR1")


def test_what_is_large_is_made_by_the_worker_chunk_by_chunk(
    desk: World, ada: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "AT_ONCE", 2)
    monkeypatch.setattr(export_rows, "_CHUNK", 2)
    made = ada("POST", "/case-exports", {"columns": ["subject"]}).json
    assert (made["state"], made["written"], made["url"]) == ("queued", 0, None)
    assert ada("GET", f"/case-exports/{made['id']}/file").status == 404
    assert export_rows.make_due_export(at=NOON + timedelta(days=1))
    done = ada.get(f"/case-exports/{made['id']}")
    assert (done["state"], done["written"]) == ("done", 5)
    assert file_of(ada, done).decode("utf-8-sig").split("\r\n") == [
        "Subject", "Where is my bike?", "'=SUM(1;2)", "Lamp", "Chain", "Bell", "",
    ]  # fmt: skip
    assert not export_rows.make_due_export(at=NOON + timedelta(days=1))


def test_an_export_whose_maker_died_is_made_again_and_given_up_in_the_end(
    desk: World, ada: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(export_rows, "AT_ONCE", 2)
    made = ada("POST", "/case-exports", {}).json
    at = NOON + timedelta(days=1)
    with monkeypatch.context() as killed:
        killed.setattr(export_rows, "_write", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                export_rows.make_due_export(at=at)
            assert not export_rows.make_due_export(at=at + timedelta(minutes=29))
            at += timedelta(minutes=30)
    assert list((tmp_path / "exports").iterdir()) == []
    export_rows.make_due_export(at=at)
    assert ada.get(f"/case-exports/{made['id']}")["words"] == "It was tried three times."


def test_only_whoever_asked_finds_it(lead: Caller, ada: Caller) -> None:
    made = ada("POST", "/case-exports", {}).json
    path = f"/case-exports/{made['id']}"
    assert [lead("GET", path).status, lead("GET", path + "/file").status, lead("DELETE", path).status] == [
        404,
        404,
        404,
    ]
    assert lead.get("/case-exports")["items"] == []
    assert [one["id"] for one in ada.get("/case-exports")["items"]] == [made["id"]]


def test_a_file_goes_after_a_day_or_when_it_is_not_wanted(
    desk: World, ada: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = (ada("POST", "/case-exports", {}).json for _ in range(2))
    assert len(list((tmp_path / "exports").iterdir())) == 2
    assert ada("DELETE", f"/case-exports/{first['id']}").status == 204
    assert len(list((tmp_path / "exports").iterdir())) == 1
    export_rows.forget_exports(at=NOON + timedelta(days=2))
    assert list((tmp_path / "exports").iterdir()) == []
    assert ada("GET", f"/case-exports/{other['id']}").status == 404


def test_an_export_is_on_the_record(desk: World, ada: Caller) -> None:
    made = ada("POST", "/case-exports", {"format": "csv"}).json
    row = db.row("SELECT subject_key, data FROM history WHERE name = 'cases.exported'")
    assert row is not None
    assert (int(row.subject_key), row.data) == (desk.ada.pk, {"export": int(made["id"]), "format": "csv", "rows": 5})


def file_of(who: Caller, made: Any) -> bytes:
    answer = who.client.get(made["url"], headers=who.headers)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]
