"""Merges, splits, links, side conversations, statuses and fields, as a caller of the API sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careline.domain.conversations.commands import fields
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.api.openapi import document
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World, writes_in


@pytest.fixture
def other(world: World) -> int:
    return (
        writes_in("The same bike", text="It has not come.", mailbox=world.mailbox, at=NOON + timedelta(hours=1)).number
        or 0
    )


def test_a_merge_leads_on_and_is_undone(ada: Caller, world: World, other: int) -> None:
    made = ada("POST", f"/conversations/{other}/merges", {"into": world.case})
    key = made.json["id"]
    assert (made.status, made.headers["Location"]) == (201, f"/api/v1/conversations/{world.case}/merges/{key}")
    assert ada("GET", f"/conversations/{other}/messages").status == 308
    assert [one["number"] for one in ada.get(f"/conversations/{world.case}/merges")["items"]] == [other]
    again = ada("POST", f"/conversations/{world.case}/merges", {"into": other})
    assert (again.status, again.json["code"]) == (409, "refused")
    undone = ada("DELETE", f"/conversations/{world.case}/merges/{key}")
    assert (undone.status, undone.json["undone_at"] is None, ada("GET", f"/conversations/{other}").status) == (
        200,
        False,
        200,
    )
    assert ada("DELETE", f"/conversations/{world.case}/merges/{key}").status == 409
    assert ada("DELETE", f"/conversations/{world.case}/merges/999999").status == 404


def test_who_sees_only_one_of_two_cases_learns_nothing_of_the_other(
    cleo: Caller, ben: Caller, world: World, other: int
) -> None:
    assert cleo("POST", f"/conversations/{other}/merges", {"into": world.case}).status == 404
    assert ben("POST", f"/conversations/{other}/merges", {"into": 10**9}).status == 404


def test_a_split_is_a_case_of_its_own(ada: Caller, world: World, other: int) -> None:
    ada("POST", f"/conversations/{other}/merges", {"into": world.case})
    second = ada.get(f"/conversations/{world.case}/messages")["items"][1]["id"]
    made = ada("POST", f"/conversations/{world.case}/splits", {"message_ids": [second]}).json
    assert [one["id"] for one in ada.get(f"/conversations/{made['number']}/messages")["items"]] == [second]
    (linked,) = ada.get(f"/conversations/{world.case}/links")["items"]
    assert (linked["kind"], linked["number"]) == ("related", made["number"])
    assert ada("POST", f"/conversations/{world.case}/splits", {"message_ids": [second]}).status == 409


def test_a_third_party_is_asked_aside(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/side-conversations"
    made = ben("POST", path, {"to": ["Frames <frames@supplier.example>"], "text": "In stock?"}).json
    more = ben("POST", f"{path}/{made['id']}/messages", {"text": "Well?", "hold_seconds": 0}).json
    assert [one["to"][0]["address"] for one in ben.get(f"{path}/{made['id']}/messages")["items"]] == [
        "frames@supplier.example"
    ] * 2
    assert (more["delivery"], ben.get(path)["items"][0]["turn"]) == ("queued", "theirs")
    assert [one["kind"] for one in ben.get(f"/conversations/{world.case}/messages")["items"]] == ["incoming"]
    refused = ben("POST", path, {"to": ["carol@example.com"], "text": "Psst"})
    assert (refused.status, refused.json["detail"]) == (409, "carol@example.com is on the case itself: answer there.")
    assert ben("GET", f"{path}/999999").status == 404


def test_a_side_conversation_stands_in_no_list(ben: Caller, world: World) -> None:
    ben(
        "POST",
        f"/conversations/{world.case}/side-conversations",
        {"to": ["frames@supplier.example"], "text": "In stock?"},
    )
    assert [case["number"] for case in ben.get("/conversations")["items"]] == [world.case]


def test_status_topic_and_fields_change_together_or_not_at_all(ada: Caller, ben: Caller, world: World) -> None:
    ada("POST", "/statuses", {"name": {"en": "At the supplier"}, "category": "waiting"})
    topic = ada("POST", "/topics", {"name": {"en": "Bikes"}}).json["id"]
    field = ada("POST", "/fields", {"name": {"en": "Frame"}, "kind": "number", "topic_ids": [topic]}).json["code"]
    wrong = ben(
        "PATCH",
        f"/conversations/{world.case}",
        {"status": "At the supplier", "fields": {field: "tall"}, "topic_id": topic},
    )
    assert (wrong.status, wrong.json["code"], ben.get(f"/conversations/{world.case}")["topic_id"]) == (
        422,
        "invalid",
        None,
    )
    assert wrong.fields == [f"fields.{field}"]
    assert ben("PATCH", f"/conversations/{world.case}", {"status": "Nowhere"}).fields == ["status"]
    done = ben(
        "PATCH",
        f"/conversations/{world.case}",
        {"status": "At the supplier", "fields": {field: "58"}, "topic_id": topic},
    ).json
    assert (done["status"]["name"], done["fields"], done["topic_id"]) == ("At the supplier", {field: 58}, topic)
    assert [case["number"] for case in ben.get("/conversations?status=At%20the%20supplier")["items"]] == [world.case]
    assert ben("POST", "/statuses", {"name": {"en": "Mine"}, "category": "open"}).status == 403


def test_followers_and_restrictions(ada: Caller, ben: Caller, cleo: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    assert ben("POST", f"{path}/followers", {"agent": "cleo@northwind.example"}).json == {
        "id": str(world.cleo.pk),
        "name": "Cleo",
    }
    assert cleo("GET", path).status == 200
    assert [one["name"] for one in ada("PUT", f"{path}/restriction", {"agents": []}).json["people"]] == ["Ada"]
    assert (ben("GET", path).status, cleo("GET", path).status) == (404, 404)
    assert ada("DELETE", f"{path}/restriction").status == 204
    one = ben("GET", f"{path}/followers/{world.cleo.pk}")
    assert (one.status, one.json["id"]) == (200, str(world.cleo.pk))
    assert ben("GET", f"{path}/followers/999999").status == 404
    assert (cleo("DELETE", f"{path}/followers/{world.cleo.pk}").status, cleo("GET", path).status) == (204, 404)


def test_a_case_is_snoozed_until_somebody_writes(ben: Caller, world: World) -> None:
    assert ben("PUT", f"/conversations/{world.case}/snooze", {}).json["snoozed_until"] == "9999-12-31T00:00:00Z"


def test_likely_duplicates_are_suggested_and_refused_for_good(ben: Caller, world: World) -> None:
    again = writes_in(
        "Re: Where is my bike?", text="Hello?", mailbox=world.mailbox, at=NOON + timedelta(hours=2)
    ).number
    path = f"/conversations/{world.case}/duplicates"
    assert [one["number"] for one in ben.get(path)["items"]] == [again]
    assert ben("DELETE", f"{path}/{again}").status == 204
    assert ben.get(path)["items"] == []


def test_what_is_new_stands_in_the_document() -> None:
    paths = document()["paths"]
    wanted = (
        "merges",
        "merges/{id}",
        "splits",
        "links",
        "followers",
        "side-conversations",
        "side-conversations/{id}/messages",
    )
    assert [f"/conversations/{{number}}/{part}" in paths for part in wanted] == [True] * len(wanted)


def test_cases_are_listed_by_topic_and_by_own_fields(ada: Caller, world: World, other: int) -> None:
    told = {"by": SYSTEM, "at": NOON}
    bikes = fields.add_topic({"en": "Bikes"}, **told)
    brakes = fields.add_topic({"en": "Brakes"}, parent=bikes, **told)
    fields.add_field(fields.NewField({"en": "Plan"}, "choice", choices=[("gold", {"en": "Gold"})]), **told)
    fields.add_field(fields.NewField({"en": "Wheels"}, "number"), **told)
    ada("PATCH", f"/conversations/{other}", {"topic_id": str(brakes), "fields": {"plan": "gold", "wheels": 2}})

    def listed(query: str) -> list[int]:
        return [one["number"] for one in ada.get(f"/conversations?{query}")["items"]]

    for query in (
        "topic=Bikes",
        f"topic={brakes}",
        "field.plan=gold",
        "field.wheels=2",
        "topic=brakes&field.plan=Gold",
    ):
        assert listed(query) == [other], query
    assert (listed("topic=none"), listed("topic=Invoices"), listed("field.wheels=3")) == ([world.case], [], [])
    wrong = ada("GET", "/conversations?field.colour=red&field.plan=silver")
    assert (wrong.status, wrong.fields) == (422, ["field.colour", "field.plan"])
    view = ada("POST", "/views", {"name": "Bikes", "filter": {"topics": [str(bikes)], "fields": {"plan": "gold"}}})
    assert view.status == 201
    assert [one["number"] for one in ada.get(f"/views/{view.json['key']}/conversations")["items"]] == [other]
    asked = {"filter": {"topic": "Bikes", "fields": {"plan": "gold"}}, "change": {"priority": "high"}}
    assert ada("POST", "/bulk-changes", asked).json["total"] == 1
    names = {one["name"] for one in document()["paths"]["/conversations"]["get"]["parameters"]}
    assert {"topic", "field.CODE"} < names
