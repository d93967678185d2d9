"""Keeping tags in order, and what people set for themselves, over the API."""

from typing import Any

from careline.kit import db
from tests.world import World


def test_a_tag_is_renamed_on_every_case(ada: Any, ben: Any, world: World) -> None:
    ben("PATCH", f"/conversations/{world.case}", {"tags": ["refnd", "bike"]})
    tags = {tag["name"]: tag["id"] for tag in ada.get("/tags")["items"]}
    assert ada("PATCH", f"/tags/{tags['refnd']}", {"name": " Refund "}).json["name"] == "Refund"
    assert sorted(ben.get(f"/conversations/{world.case}")["tags"]) == ["Refund", "bike"]
    taken = ada("PATCH", f"/tags/{tags['bike']}", {"name": "REFUND"})
    assert (taken.status, taken.json["code"]) == (409, "name_taken")
    assert ada("PATCH", f"/tags/{tags['bike']}", {"name": "Bike"}).status == 200


def test_a_tag_that_goes_leaves_its_cases_with_a_row_of_history(ada: Any, world: World) -> None:
    ada("PATCH", f"/conversations/{world.case}", {"tags": ["old", "bike"]})
    old = next(tag["id"] for tag in ada.get("/tags")["items"] if tag["name"] == "old")
    assert ada("DELETE", f"/tags/{old}").status == 204
    assert ada.get(f"/conversations/{world.case}")["tags"] == ["bike"]
    assert [tag["name"] for tag in ada.get("/tags")["items"]] == ["bike"]
    assert db.value("SELECT count(*) FROM history WHERE name = 'conversation.tagged'") == 2
    assert [
        ada(method, f"/tags/{old}", body).status for method, body in (("DELETE", None), ("PATCH", {"name": "x"}))
    ] == [404, 404]


def test_adding_a_tag(ada: Any, ben: Any) -> None:
    assert ada("POST", "/tags", {"name": "Warranty"}).status == 201
    assert ada("POST", "/tags", {"name": "warranty"}).status == 409
    assert ada("POST", "/tags", {"name": "  "}).fields == ["name"]
    assert ben("POST", "/tags", {"name": "Mine"}).status == 403
    assert [tag["name"] for tag in ben.get("/tags")["items"]] == ["Warranty"]


def test_everybody_sets_their_own_name_language_and_zone(ben: Any, ada: Any) -> None:
    changed = ben("PATCH", "/me", {"name": "Ben O.", "language": "de", "time_zone": "Europe/Berlin"}).json
    assert (changed["name"], changed["language"], changed["time_zone"]) == ("Ben O.", "de", "Europe/Berlin")
    assert ben.get("/me") == changed
    assert ben("PATCH", "/me", {"time_zone": "Mars/Base"}).fields == ["time_zone"]
    assert ben("PATCH", "/me", {"role": "administrator"}).fields == ["role"]
    assert ben("PATCH", "/me", {"name": ""}).fields == ["name"]
    assert ada.get("/me")["name"] == "Ada"
