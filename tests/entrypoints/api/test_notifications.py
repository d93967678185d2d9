"""Notifications, choices and devices as programs see them."""

from typing import Any

import pytest

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.notifications.commands.telling import News, tell
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World

KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


@pytest.fixture
def ada(world: World) -> Caller:
    return Caller(world.token_of(world.ada))


@pytest.fixture
def ben(world: World) -> Caller:
    return Caller(world.token_of(world.ben))


@pytest.fixture
def told(world: World) -> int:
    case = conversation_by_number(world.case)
    kinds = ("note", "rule", "assigned")
    tell([News(world.ada.pk, case.id, kind, n, None, NOON, True) for n, kind in enumerate(kinds, 1)], at=NOON)
    return world.case


def test_what_somebody_was_told_is_listed_page_by_page_and_seen(told: int, ada: Caller, ben: Caller) -> None:
    first = ada.get("/notifications?limit=2")
    rest = ada.get(f"/notifications?limit=2&cursor={first['next']}")
    assert sorted(one["kind"] for one in first["items"] + rest["items"]) == ["assigned", "note", "rule"]
    assert (rest["next"], first["items"][0]["conversation"], first["items"][0]["seen_at"]) == (None, told, None)
    assert ben.get("/notifications")["items"] == []
    key = first["items"][0]["id"]
    assert ben("PUT", f"/notifications/{key}/seen").status == 204
    assert len(ada.get("/notifications?unseen=true")["items"]) == 3
    assert ada("PUT", f"/notifications/{key}/seen").status == 204
    assert len(ada.get("/notifications?unseen=true")["items"]) == 2
    assert ada("PUT", "/notifications/seen").status == 204
    assert (ada.get("/notifications?unseen=true")["items"], len(ada.get("/notifications")["items"])) == ([], 3)


def test_choices_change_by_parts(ada: Caller, ben: Caller) -> None:
    quiet = [{"day": 4, "begins": "18:00", "ends": "08:00"}]
    given = {"ways": {"note": ["push"]}, "quiet": quiet, "undisturbed_until": "2030-01-01T00:00:00Z"}
    assert ada("PATCH", "/me/notification-choices", given).status == 200
    kept = ada("PATCH", "/me/notification-choices", {"pace": "hourly"}).json
    assert (kept["ways"]["note"], kept["ways"]["rule"], kept["quiet"], kept["pace"]) == (["push"], ["page", "mail"], quiet, "hourly")  # fmt: skip
    assert kept["undisturbed_until"] == "2030-01-01T00:00:00Z"
    assert ben.get("/me/notification-choices")["pace"] == "away"


@pytest.mark.parametrize(
    "wrong",
    [{"pace": "often"}, {"daily_at": "8"}, {"ways": {"birthday": []}}, {"quiet": [{"day": 7, "begins": "08:00", "ends": "09:00"}]}, {"x": 1}],
)  # fmt: skip
def test_what_can_not_be_chosen_is_refused(ada: Caller, wrong: dict[str, Any]) -> None:
    before = ada.get("/me/notification-choices")
    assert ada("PATCH", "/me/notification-choices", wrong).status == 422
    assert ada.get("/me/notification-choices") == before


def test_devices_are_one_s_own(ada: Caller, ben: Caller) -> None:
    made = ada("POST", "/me/devices", {"endpoint": "https://push.example.com/one", "name": "Phone", **KEYS})
    assert (made.status, made.json["name"], "endpoint" in made.json) == (201, "Phone", False)
    assert [one["id"] for one in ada.get("/me/devices")["items"]] == [made.json["id"]]
    assert ben("DELETE", f"/me/devices/{made.json['id']}").status == 404
    assert ada("DELETE", f"/me/devices/{made.json['id']}").status == 204
    assert ada.get("/me/devices")["items"] == []
    assert ada("POST", "/me/devices", {"endpoint": "http://127.0.0.1/", **KEYS}).fields == ["endpoint"]


def test_a_case_out_of_reach_can_not_be_muted(world: World, told: int) -> None:
    cleo = Caller(world.token_of(world.cleo))
    assert cleo("PUT", f"/conversations/{told}/mute").status == 404
