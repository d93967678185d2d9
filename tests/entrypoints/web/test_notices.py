"""The bell, the page of choices, and what makes the pages an app."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import careline
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.notifications.commands.telling import News, tell
from careline.domain.notifications.queries.chosen import wishes_of
from careline.entrypoints.web.headers import PAGE_POLICY
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World

PANEL = PART | {"HX-Target": "notices"}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def told(world: World) -> int:
    """Ada was told of two kinds of things in Carol's case."""
    case = conversation_by_number(world.case)
    tell(
        [News(world.ada.pk, case.id, kind, n, None, NOON, True) for n, kind in ((1, "note"), (2, "note"), (3, "rule"))],
        at=NOON,
    )
    return world.case


def count(browser: Client) -> Any:
    return browser.get("/notifications/count").json()


def test_the_bell_counts_and_names_the_newest(told: int, ada: Client, world: World, enter: Any) -> None:
    found = count(ada)
    assert (found["count"], found["cases"], found["newest"]["url"]) == (2, [told], f"/conversations/{told}")
    assert (found["is_quiet"], found["sound"]) == (False, False)
    assert count(enter(world.ben)) == {"count": 0, "cases": [], "newest": None, "is_quiet": False, "sound": False}


def test_the_panel_gathers_by_case_and_empties_once_all_is_seen(told: int, ada: Client) -> None:
    panel = ada.get("/notifications", headers=PANEL).content.decode()
    assert panel.count("told-case ") == 1
    assert f"2 new notes in #{told}" in panel and f"A rule points you to #{told}" in panel
    after = ada.put("/notifications/seen", headers=PANEL).content.decode()
    assert "Nothing new" in after
    assert count(ada)["count"] == 0
    assert f"2 new notes in #{told}" in ada.get("/notifications").content.decode()


def test_opening_the_case_is_having_seen_it_and_fetching_it_ahead_is_not(told: int, ada: Client) -> None:
    ada.get(f"/conversations/{told}", headers=PART | {"HX-Target": "case", "Purpose": "prefetch"})
    assert count(ada)["count"] == 2
    ada.get(f"/conversations/{told}", headers=PART | {"HX-Target": "case"})
    assert count(ada)["count"] == 0


def test_a_subject_of_a_stranger_is_shown_as_words(world: World, ada: Client, told: int) -> None:
    db.execute("UPDATE conversations_conversation SET subject = '<img src=x onerror=alert(1)>'")
    assert "<img src=x" not in ada.get("/notifications", headers=PANEL).content.decode()


def test_a_muted_case_is_seen_and_can_be_heard_of_again(told: int, ada: Client) -> None:
    ada.put(f"/conversations/{told}/mute", headers=PANEL)
    assert count(ada)["count"] == 0
    page = ada.get("/notifications").content.decode()
    assert f'hx-delete="/conversations/{told}/mute"' in page
    ada.delete(f"/conversations/{told}/mute", headers=PANEL)
    assert f'hx-put="/conversations/{told}/mute"' in ada.get("/notifications").content.decode()


def test_choices_are_kept_and_shown_again(world: World, ada: Client) -> None:
    said = {
        "way-note": ["page", "mail"], "way-assigned": "push", "pace": "daily", "daily_at": "07:15", "says": "subject", "sound": "1",
        "quiet-1": "1", "from-1": "18:00", "to-1": "07:00", "from-2": "12:00", "to-2": "13:00", "urgent_through": "1",
    }  # fmt: skip
    assert ada.post("/settings/notifications", said).status_code == 302
    kept = wishes_of([world.ada.pk])[world.ada.pk].choices
    assert (kept.ways["note"], kept.ways["assigned"], kept.ways["rule"]) == (("page", "mail"), ("push",), ())
    assert (kept.pace, kept.daily_at, kept.says, kept.sound) == ("daily", "07:15", "subject", True)
    assert (kept.quiet, kept.urgent_through) == ({1: ("18:00", "07:00")}, True)
    page = ada.get("/settings/notifications").content.decode()
    assert re.search(r'name="from-1" value="18:00"', page) and 'value="07:15"' in page
    assert wishes_of([world.ben.pk])[world.ben.pk].choices.pace == "away"


@pytest.mark.parametrize(
    "wrong", [{"daily_at": "late"}, {"pace": "often"}, {"quiet-1": "1", "from-1": ""}, {"way-note": "smoke"}]
)
def test_what_can_not_be_chosen_changes_nothing(world: World, ada: Client, wrong: dict[str, str]) -> None:
    before = wishes_of([world.ada.pk])[world.ada.pk]
    said = {"pace": "daily", "daily_at": "08:00", "says": "number"} | wrong
    assert ada.post("/settings/notifications", said, headers=PART).status_code == 422
    assert wishes_of([world.ada.pk])[world.ada.pk] == before


def test_peace_for_an_hour_begins_and_ends(world: World, ada: Client, told: int) -> None:
    ada.put("/settings/notifications/pause", "until=hour", content_type=FORM, headers=PART)
    assert count(ada)["is_quiet"] is True
    assert "13:00" in ada.get("/settings/notifications").content.decode()
    ada.delete("/settings/notifications/pause", headers=PART)
    assert count(ada)["is_quiet"] is False
    assert ada.put("/settings/notifications/pause", "until=ever", content_type=FORM, headers=PART).status_code == 422


def test_a_device_of_somebody_else_is_not_there(ada: Client) -> None:
    assert ada.delete("/devices/99", headers=PART).status_code == 404
    assert ada.post("/devices", {"endpoint": "http://10.0.0.1/", "p256dh": "", "auth": ""}).status_code == 422


def test_the_app_says_who_it_is_to_everybody_and_nothing_else(world: World) -> None:
    anybody = Client()
    manifest = json.loads(anybody.get("/manifest.webmanifest").content)
    assert (manifest["start_url"], manifest["display"], manifest["name"]) == ("/inbox", "standalone", "Northwind Bikes · Careline")  # fmt: skip
    assert {(one["sizes"], one["purpose"]) for one in manifest["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable"), ("any", "any"),
    }  # fmt: skip
    worker = anybody.get("/sw.js")
    kept = json.loads(re.search(r"const KEPT = (.*);", worker.content.decode())[1])  # type: ignore[index]
    assert (worker.headers["Content-Type"], worker.headers["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")  # fmt: skip
    assert kept[0] == "/offline" and all(place.startswith("/static/") for place in kept[1:])
    offline = anybody.get("/offline")
    assert (offline.status_code, offline.headers["Content-Security-Policy"]) == (200, PAGE_POLICY)
    assert "Carol" not in offline.content.decode()
    assert "'unsafe" not in PAGE_POLICY and "worker-src 'self'" in PAGE_POLICY and "manifest-src 'self'" in PAGE_POLICY


def test_the_icons_are_there_in_their_sizes() -> None:
    folder = Path(careline.__file__).parent / "entrypoints/web/static/web/icons"
    sizes = {path.name: int.from_bytes(path.read_bytes()[16:20], "big") for path in folder.glob("*.png")}
    assert sizes == {"careline-192.png": 192, "careline-512.png": 512, "maskable-192.png": 192, "maskable-512.png": 512}


def test_the_bell_asks_for_as_much_with_three_cases_as_with_one(three_cases: World, ada: Client) -> None:
    def told_of(numbers: list[int]) -> None:
        cases = [conversation_by_number(number) for number in numbers]
        tell([News(three_cases.ada.pk, case.id, "note", 10 + case.number, None, NOON, True) for case in cases], at=NOON)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            ada.get("/notifications", headers=PANEL)
        return len(seen)

    told_of([three_cases.case])
    one = asked()
    told_of([three_cases.case + 1, three_cases.case + 2])
    assert asked() == one
