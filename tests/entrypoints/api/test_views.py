"""Saved views over the API: made, changed, ordered; their cases and counts."""

from __future__ import annotations

import pytest

from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World, writes_in


def test_a_view_is_saved_read_changed_and_deleted(ben: Caller, cleo: Caller, world: World) -> None:
    new = {
        "name": " My  bells ", "filter": {"categories": ["open"], "tags": ["bell"]}, "sort": "priority", "columns": ["due", "tags"],
    }  # fmt: skip
    made = ben("POST", "/views", new)
    key = made.json["key"]
    assert (made.status, made.headers["Location"]) == (201, f"/api/v1/views/{key}")
    assert made.json == {
        "key": key, "id": key, "code": None, "name": "My bells", "audience": "me", "team": None, "sort": "priority", "columns": ["tags", "due"],
        "filter": {"categories": ["open"], "tags": ["bell"]}, "is_hidden": False, "kind": "list", "split": "status",
        "missing": ["tag bell"],
    }  # fmt: skip
    assert ben.get(f"/views/{key}") == made.json
    assert cleo("GET", f"/views/{key}").status == cleo("PATCH", f"/views/{key}", {"name": "x"}).status == 404
    assert ben("PATCH", f"/views/{key}", {"filter": {"assignee": "me"}}).json == made.json | {
        "filter": {"assignee": "me"},
        "missing": [],
    }
    assert ben("DELETE", f"/views/{key}").status == 204
    assert ben("GET", f"/views/{key}").status == ben("DELETE", f"/views/{key}").status == 404


def test_what_is_wrong_is_named(ben: Caller) -> None:
    def fields(**view: object) -> list[str]:
        return ben("POST", "/views", {"name": "Bells"} | view).fields

    assert fields(filter={"colour": 1}) == ["filter.colour"]
    assert fields(filter={"created": {"since": "x"}}) == ["filter.created.since"]
    assert fields(name="  ") == ["name"]
    assert fields(columns=["smell"]) == ["columns"]
    assert fields(audience="team") == ["team"]
    assert fields(sort="smell") == ["sort"]


def test_views_of_a_team_are_kept_by_who_may_and_seen_by_the_team(ada: Caller, ben: Caller, cleo: Caller) -> None:
    assert (
        ben("POST", "/views", {"name": "Ours", "audience": "team", "team": "Front"}).json["code"]
        == "forbidden.view.manage"
    )
    key = ada("POST", "/views", {"name": "Ours", "audience": "team", "team": "Front"}).json["key"]
    assert (ben("GET", f"/views/{key}").status, cleo("GET", f"/views/{key}").status) == (200, 404)
    assert ben("PATCH", f"/views/{key}", {"name": "Mine"}).json["code"] == "forbidden.view.manage"
    assert ben("PATCH", "/views/open", {"name": "Mine"}).status == 409


def test_the_list_of_views_stands_in_ones_own_order(ben: Caller, cleo: Caller) -> None:
    keys = [view["key"] for view in ben.get("/views")["items"]]
    assert ben("PUT", "/views", {"order": keys[::-1], "hidden": ["spam", "nowhere"]}).status == 204
    found = ben.get("/views")["items"]
    assert [view["key"] for view in found] == keys[::-1]
    assert [view["key"] for view in found if view["is_hidden"]] == ["spam"]
    assert [view["key"] for view in cleo.get("/views")["items"]] == keys
    first = ben.get("/views?limit=4")
    rest = ben.get(f"/views?limit=200&cursor={first['next']}")
    assert [view["key"] for view in first["items"] + rest["items"]] == keys[::-1]


def test_a_views_cases_come_in_its_order_page_by_page(ben: Caller, world: World) -> None:
    for n in range(5):
        writes_in(f"Number {n}", text="Hello", mailbox=world.mailbox, sender=f"c{n}@example.com", at=NOON)
    for sort in ("due", "updated", "created", "priority", "waiting"):
        key = ben("POST", "/views", {"name": sort, "sort": sort, "filter": {"categories": ["open"]}}).json["key"]
        seen, cursor = [], ""
        while True:
            page = ben.get(f"/views/{key}/conversations?limit=2{cursor}")
            seen += [case["number"] for case in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert sorted(seen) == [world.case + n for n in range(6)], sort
        assert ben.get(f"/views/{key}/count") == {"count": 6, "is_more": False}


def test_nobody_keeps_more_views_than_can_be_counted(ben: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careline.flows.change_view.MOST_OWN", 2)
    made = [ben("POST", "/views", {"name": f"View {n}", "filter": {}}) for n in range(3)]
    assert [answer.status for answer in made] == [201, 201, 409]
