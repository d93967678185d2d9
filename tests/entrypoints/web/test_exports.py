"""Rows, exports, the outlook and the written report on the screen."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.domain.reports.commands.facts import count_marked, go_on_recounting
from careline.flows import export_rows
from careline.kit import clock, db
from tests.world import World, make_world, writes_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def desk(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.DATA = tmp_path
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return make_world()


@pytest.fixture
def ada(desk: World) -> Client:
    browser = Client()
    browser.force_login(desk.ada)
    return browser


def test_rows_are_a_table_of_the_columns_that_were_ticked(desk: World, ada: Client) -> None:
    writes_in("<b>Lamp</b>", text="Hello.", mailbox=desk.mailbox, at=MONDAY - timedelta(hours=1))
    page = ada.get("/case-rows?column=number&column=subject&opened_from=2026-11-23").content.decode()
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page) == ["Case", "Subject"]
    assert re.findall(r"<td class=\"cut-cell\"><bdi>(.*?)</bdi></td>", page) == ["&lt;b&gt;Lamp&lt;/b&gt;"]
    assert 'data-total="1"' in page


def test_a_column_that_is_not_there_is_said(ada: Client) -> None:
    answer = ada.get("/case-rows?column=shoe_size")
    assert (answer.status_code, "There is no column shoe_size." in answer.content.decode()) == (422, True)


def test_an_export_is_asked_for_waited_for_and_fetched(
    desk: World, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "AT_ONCE", 0)
    answer = ada.post("/exports", {"format": "csv", "column": ["subject"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/exports")
    key = db.value("SELECT id FROM reports_export")
    assert "0 of 1 written" in ada.get("/exports").content.decode()
    assert export_rows.make_due_export(at=MONDAY)
    part = ada.get(f"/exports/{key}", headers={"HX-Request": "true"}).content.decode()
    assert (f'href="/exports/{key}/file"' in part, "hx-get" in part) == (True, False)
    content = b"".join(ada.get(f"/exports/{key}/file").streaming_content)  # type: ignore[attr-defined]
    assert content.decode("utf-8-sig").split() == ["Subject", "Where", "is", "my", "bike?"]
    assert ada.delete(f"/exports/{key}").status_code == 200
    assert ada.get(f"/exports/{key}/file").status_code == 404


def test_an_empty_history_says_that_nothing_is_known(ada: Client) -> None:
    assert "Nothing to tell from yet" in ada.get("/forecast").content.decode()


def test_the_outlook_shows_slots_and_what_it_was_off_by(desk: World, ada: Client) -> None:
    for week in range(1, 4):
        writes_in(f"Week {week}", text="Hello.", mailbox=desk.mailbox, at=MONDAY - timedelta(weeks=week, hours=2))
    while go_on_recounting(at=MONDAY) or count_marked():
        pass
    page = ada.get("/forecast?interval=30&week=2").content.decode()
    assert page.count('<th scope="row">10:00</th>') == 1
    # The first of the three Mondays is not known as a whole day.
    assert re.findall(r'<th scope="row">10:00</th>(?:<td class="end">(.*?)</td>){7}', page) == ["1.0"]
    assert "Week of Mon 16 Nov" in page


def test_the_report_is_read_and_had_as_a_document(ada: Client) -> None:
    page = ada.get("/written-report?every=month&on=2026-10-05").content.decode()
    assert "Common issues, Oct. 1, 2026 to Oct. 31, 2026" in page
    assert ada.get("/written-report?on=nonsense&every=year").status_code == 200
    assert ada.get("/written-report/pdf?every=week&on=2026-11-16").content[:5] == b"%PDF-"


def test_who_gets_it_is_said_and_what_is_wrong_stays_in_the_form(desk: World, ada: Client) -> None:
    wrong = ada.post("/report-sendings", {"name": "Leads", "every": "week", "time": "07:30"})
    assert (wrong.status_code, 'value="Leads"' in wrong.content.decode()) == (422, True)
    assert (
        ada.post(
            "/report-sendings", {"name": "Leads", "every": "week", "time": "07:30", "person": desk.ben.pk}
        ).status_code
        == 302
    )
    row = db.row("SELECT id, minute, agent_ids, due_at FROM reports_sending")
    assert row is not None
    assert (row.minute, row.agent_ids, row.due_at) == (450, [desk.ben.pk], datetime(2026, 11, 30, tzinfo=UTC))
    ada.post(
        f"/report-sendings/{row.id}",
        {"name": "Leads", "every": "month", "time": "08:00", "person": desk.ben.pk, "paused": "1"},
    )
    assert db.value("SELECT due_at FROM reports_sending") is None
    assert ada.delete(f"/report-sendings/{row.id}").status_code == 200
    assert db.value("SELECT count(*) FROM reports_sending") == 0
