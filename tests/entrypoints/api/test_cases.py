"""Cases over the API: who sees which, opening, changing, resolving."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import transaction

from careline.domain.conversations.commands import cases, merging
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM
from careline.kit import db
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World, writes_in

HOUR = timedelta(hours=1)


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


def test_no_token_a_wrong_one_and_a_signed_out_one_get_nothing(world: World, ada: Caller) -> None:
    for caller in (Caller(None), Caller("cl_wrong"), Caller("x" * 5000), Caller("é")):
        answer = caller("GET", "/conversations")
        assert (answer.status, answer.json["code"]) == (401, "unauthenticated")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="careline"'
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_list_is_narrowed_by_what_is_asked(ada: Caller, ben: Caller, world: World) -> None:
    writes_in(
        "Rücknahme des Rads", text="مرحبا order-1001", mailbox=world.mailbox, sender="dora@example.org", at=NOON + HOUR
    )
    ben("PATCH", f"/conversations/{world.case}", {"assignee": "me", "tags": ["Bikes"], "priority": "high"})

    def found(query: str) -> list[int]:
        return [case["number"] for case in ada.get(f"/conversations?{query}")["items"]]

    other = world.case + 1
    assert found("status=open&q=rucknahme") == [other]
    assert found("q=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7") == [other]
    assert found("q=order-1001") == [other]
    assert found("q=!!!") == []
    assert found("q=bike+dora") == []
    assert found("assignee=none") == [other]
    assert found(f"assignee={world.ben.pk}") == found("assignee=ben@northwind.example") == [world.case]
    assert found("assignee=me") == []
    assert found("tag=bikes") == [world.case]
    assert found("customer=dora@example.org") == [other]
    assert found(f"customer={world.carol}") == [world.case]
    assert found("team=front") == found(f"team={world.front.pk}") == found("") == [world.case, other]
    assert found("team=none") == found("status=resolved") == found("status=spam") == []
    assert found("status=Offen") == found("status=open") == [world.case, other]
    assert found("updated_since=2026-11-20T12:30:00Z") == [other, world.case]
    assert found("updated_since=2031-01-01T00:00:00Z") == []
    for name in ("status", "team", "assignee"):
        assert (
            ada("GET", f"/conversations?{name}=nowhere").status,
            ada("GET", f"/conversations?{name}=nowhere").fields,
        ) == (422, [name])


def test_pages_follow_each_other_without_holes_while_new_cases_come_in(ada: Caller, world: World) -> None:
    for n in range(4):
        writes_in(f"Case {n}", text="x", mailbox=world.mailbox, sender=f"c{n}@example.org", at=NOON + HOUR * (n + 1))
    first = ada.get("/conversations?limit=2")
    writes_in("A late one", text="x", mailbox=world.mailbox, sender="late@example.org", at=NOON + HOUR * 9)
    second = ada.get(f"/conversations?limit=2&cursor={first['next']}")
    third = ada.get(f"/conversations?limit=2&cursor={second['next']}")
    assert [case["subject"] for page in (first, second, third) for case in page["items"]] == [
        "Case 3", "Case 2", "Case 1", "Case 0", "Where is my bike?",
    ]  # fmt: skip
    assert third["next"] is None


@pytest.mark.parametrize("query", [
    "limit=0", "limit=201", "limit=many", "limit=99999999999999999999", "limit=1&limit=2", "cursor=abc", "cursor=%00",
    "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Og", "status=%00", "q=" + "x" * 1001, "updated_since=yesterday",
    "updated_since=2026-11-20", "updated_since=2026-11-20T10:00:00", "assignee=nobody", "customer=abc", "colour=red",
])  # fmt: skip
def test_a_wrong_question_is_told_what_is_wrong_with_it(ada: Caller, query: str) -> None:
    answer = ada("GET", f"/conversations?{query}")
    assert answer.status == 422
    assert answer.fields == [query.split("=", maxsplit=1)[0]]


@pytest.mark.parametrize(
    "value", ["-1", "0", "999999999999999999", "null", "None", "🚲", "'; DROP TABLE staff_agent; --", "%25", "\\", "'"]
)
def test_strange_words_find_nothing_and_break_nothing(ada: Caller, value: str) -> None:
    # As a search "-1" asks for whatever does not hold a 1.
    for name in ("tag",) if value == "-1" else ("q", "tag"):
        assert ada.get(f"/conversations?{name}={quote(value)}")["items"] == []
    for name in ("team", "status"):
        assert ada("GET", f"/conversations?{name}={quote(value)}").status == 422


def test_a_case_is_changed_as_a_whole_or_not_at_all(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    wanted = {
        "assignee": "me",
        "team": "Back",
        "priority": "urgent",
        "tags": ["Late", "late", "عاجل"],
        "subject": "Bike?",
        "is_spam": False,
    }
    changed = ben("PATCH", path, wanted)
    assert changed.status == 200
    assert (changed.json["assignee"]["name"], changed.json["team"]["name"]) == ("Ben", "Back")
    assert (changed.json["priority"], changed.json["tags"], changed.json["subject"]) == (
        "urgent",
        ["Late", "عاجل"],
        "Bike?",
    )

    before = ben.get(path)
    wrong = ben(
        "PATCH", path, {"priority": "dire", "team": "Nowhere", "assignee": 7, "colour": "red", "tags": ["\x00"]}
    )
    assert (wrong.status, sorted(wrong.fields)) == (422, ["assignee", "colour", "priority", "tags[0]"])
    assert ben("PATCH", path, {"subject": "Kept?", "team": "Nowhere"}).fields == ["team"]
    assert ben.get(path) == before


def test_who_gives_a_case_away_sees_that_it_went(ben: Caller, cleo: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    given = ben("PATCH", path, {"team": "Back"})
    assert (given.status, given.json["team"]["name"]) == (200, "Back")
    assert (ben("GET", path).status, cleo("GET", path).status) == (404, 200)
    assert ben("PATCH", path, {"team": "Front"}).status == 404


def test_whoever_may_not_label_is_refused_and_the_refusal_is_on_the_record(world: World) -> None:
    reader = Caller(world.token_of(world.ben, "conversation:read"))
    answer = reader("PATCH", f"/conversations/{world.case}", {"priority": "high"})
    assert (answer.status, answer.json["code"]) == (403, "forbidden.conversation.label")
    refused = db.rows("SELECT actor_id, data FROM history WHERE name = 'access.refused'")
    assert refused == [(world.ben.pk, {"code": "forbidden.conversation.label", "case": world.case})]
    assert reader.get(f"/conversations/{world.case}")["priority"] == "normal"


def test_a_case_is_resolved_reopened_snoozed_and_woken(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    assert ben("PUT", f"{path}/resolution").json["status"]["category"] == "resolved"
    assert ben("PUT", f"{path}/resolution").json["status"]["category"] == "resolved"
    assert ben("DELETE", f"{path}/resolution").json["status"]["category"] == "open"
    assert (
        ben("PUT", f"{path}/snooze", {"until": "2101-01-01T10:00:00+01:00"}).json["snoozed_until"]
        == "2101-01-01T09:00:00Z"
    )
    assert ben("PUT", f"{path}/snooze", {"until": "2001-01-01T10:00:00Z"}).fields == ["until"]
    assert ben("PUT", f"{path}/snooze", {"until": "9999-12-31T23:59:59-12:00"}).fields == ["until"]
    assert ben("DELETE", f"{path}/snooze").json["snoozed_until"] is None
    names = [event["name"] for event in ben.get(f"{path}/events")["items"]]
    assert names[:2] == ["conversation.opened", "message.received"]
    assert names.count("conversation.resolved") == 1
    first = ben.get(f"{path}/events?limit=1")
    assert ben.get(f"{path}/events?limit=1&cursor={first['next']}")["items"][0]["name"] == "message.received"


def test_a_merged_case_leads_to_the_one_it_went_into(ben: Caller, world: World) -> None:
    other = writes_in("The same bike", text="x", mailbox=world.mailbox, at=NOON + HOUR).number
    into, absorbed = conversation_by_number(world.case), conversation_by_number(other)
    with transaction.atomic():
        merging.merge(cases.locked(absorbed.id), into=cases.locked(into.id), by=SYSTEM, at=NOON + HOUR)
    for path in ("", "/messages?limit=5", "/events"):
        answer = ben("GET", f"/conversations/{other}{path}")
        assert (answer.status, answer.headers["Location"]) == (308, f"/api/v1/conversations/{world.case}{path}")
    assert [case["number"] for case in ben.get("/conversations")["items"]] == [world.case]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "abc", "9" * 18, "9" * 40, "%00", "١"])
def test_a_number_that_no_case_has_is_not_found(ada: Caller, number: str) -> None:
    answer = ada("GET", f"/conversations/{number}")
    assert (answer.status, answer.json["code"]) == (404, "not_found")


def test_a_case_is_given_to_another_customer_by_key_or_address_with_whatever_else_changes(
    ben: Caller, world: World
) -> None:
    path = f"/conversations/{world.case}"
    given = ben("PATCH", path, {"customer": "Dan <dan@example.org>", "priority": "high"})
    assert (given.status, given.json["customer"]["address"], given.json["priority"]) == (200, "dan@example.org", "high")
    assert [(one["address"], one["state"]) for one in given.json["participants"]] == [
        ("carol@example.com", "removed"), ("dan@example.org", "active"),
    ]  # fmt: skip
    back = ben("PATCH", path, {"customer": str(world.carol)})
    assert (back.status, back.json["customer"]["id"]) == (200, str(world.carol))
    assert ben("PATCH", path, {"customer": "999999"}).fields == ["customer"]
    assert ben("PATCH", path, {"customer": "x@"}).fields == ["customer"]
