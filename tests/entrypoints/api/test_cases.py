"""Cases over the API: who sees which, opening, changing, resolving."""

from __future__ import annotations

from tests.entrypoints.api.conftest import Caller
from tests.world import World


def test_a_case_shows_who_wrote_and_where_it_stands(ben: Caller, world: World) -> None:
    case = ben.get(f"/conversations/{world.case}")
    assert case["number"] == world.case
    assert case["subject"] == "Where is my bike?"
    assert case["status"] == {"code": "open", "name": "Open", "category": "open"}
    assert case["priority"] == "normal"
    assert case["customer"] == {"id": str(world.carol), "name": "Carol", "address": "carol@example.com"}
    assert case["team"] == {"id": str(world.front.pk), "name": "Front"}
    assert case["assignee"] is None
    assert case["tags"] == []
    assert case["created_at"] == "2026-11-20T12:00:00Z"
    assert [p["address"] for p in case["participants"]] == ["carol@example.com"]


def test_the_list_shows_the_case_to_its_team_and_to_nobody_else(
    ben: Caller, cleo: Caller, ada: Caller, world: World
) -> None:
    assert [case["number"] for case in ben.get("/conversations")["items"]] == [world.case]
    assert [case["number"] for case in ada.get("/conversations")["items"]] == [world.case]
    assert cleo.get("/conversations") == {"items": [], "next": None}


def test_what_is_absent_and_what_is_not_theirs_is_told_alike(cleo: Caller, world: World) -> None:
    hidden, absent = cleo("GET", f"/conversations/{world.case}"), cleo("GET", "/conversations/999999")
    assert (hidden.status, absent.status) == (404, 404)
    assert hidden.json | {"detail": ""} == absent.json | {"detail": ""}
