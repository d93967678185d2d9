"""People and rights over the API."""

from __future__ import annotations

from tests.entrypoints.api.conftest import Caller
from tests.world import World


def test_a_role_is_made_given_changed_and_removed(ada: Caller, ben: Caller, world: World) -> None:
    grants = [{"verb": "conversation:read", "scope": "own"}]
    made = ada("POST", "/roles", {"name": "Chat desk", "grants": grants})
    assert (made.status, made.json["code"], made.json["holders"]) == (201, "chat_desk", 0)
    given = ada("PATCH", f"/agents/{world.ben.pk}", {"extra_roles": ["chat_desk"], "reports_to": str(world.ada.pk)})
    assert (given.json["role"], given.json["extra_roles"], given.json["reports_to"]) == (
        "representative",
        ["chat_desk"],
        str(world.ada.pk),
    )
    place = f"/roles/{made.json['id']}"
    assert ada("DELETE", place).json["code"] == "role_in_use"
    assert ada("PATCH", place, {"grants": [{"verb": "conversation:fly"}]}).fields == ["grants"]
    assert ada("PATCH", place, {"grants": [{"verb": "conversation:read", "team": "999999"}]}).fields == ["grants"]
    assert ada("PATCH", f"/agents/{world.ada.pk}", {"role": "director"}).status == 403
    ada("PATCH", f"/agents/{world.ben.pk}", {"extra_roles": []})
    assert (ada("DELETE", place).status, ada("GET", place).status) == (204, 404)


def test_rights_say_why_and_all_or_nothing_is_changed(ada: Caller, world: World) -> None:
    told = ada.get(f"/agents/{world.ben.pk}/rights?conversation={world.case}")
    read = next(one for one in told["on_conversation"] if one["verb"] == "conversation:read")
    assert (read["is_allowed"], [one["why"] for one in read["reasons"]]) == (True, ["team"])
    circle = ada("PATCH", f"/agents/{world.ben.pk}", {"role": "specialist", "reports_to": str(world.ben.pk)})
    assert (circle.status, circle.json["code"]) == (409, "circle")
    assert ada.get(f"/agents/{world.ben.pk}")["role"] == "representative"


def test_leaving_ends_the_token_and_is_on_the_record(ada: Caller, ben: Caller, world: World) -> None:
    assert ada("PUT", f"/agents/{world.ben.pk}/deactivation", {"hand_over_to": str(world.ada.pk)}).json == {
        "handed_over": 0
    }
    assert ben("GET", "/me").status == 401
    first = ada.get("/access-record?limit=1")
    second = ada.get(f"/access-record?limit=1&cursor={first['next']}")
    assert len({one["id"] for page in (first, second) for one in page["items"]}) == 2
    names = [one["name"] for one in ada.get(f"/access-record?agent={world.ben.pk}")["items"]]
    assert {"agent.deactivated", "token.revoked", "agent.added"} <= set(names)
    assert ada("PUT", f"/agents/{world.ada.pk}/deactivation", {}).status == 403
