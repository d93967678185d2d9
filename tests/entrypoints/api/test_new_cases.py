"""Opening cases over the API: handed in, written first, noted."""

from __future__ import annotations

from typing import Any

import pytest

from careline.kit import db
from tests.entrypoints.api.conftest import Caller
from tests.world import World


def test_what_a_customer_said_elsewhere_is_handed_in(ben: Caller, world: World) -> None:
    body = {
        "from": "Dora <dora@example.org>",
        "subject": "Bell",
        "text": "It does not ring.",
        "kind": "incoming",
        "tags": ["phone"],
        "channel": "email",
    }
    answer = ben("POST", "/conversations", body)
    case = answer.json
    assert (answer.status, answer.headers["Location"]) == (201, f"/api/v1/conversations/{case['number']}")
    assert (case["subject"], case["status"]["category"], case["tags"]) == ("Bell", "open", ["phone"])
    assert case["customer"]["address"] == "dora@example.org"
    assert case["channel"]["address"] == "support@northwind.example"
    assert case["first_response_due_at"] is not None
    (message,) = ben.get(f"/conversations/{case['number']}/messages")["items"]
    assert (message["kind"], message["text"], message["from"]["name"]) == ("incoming", "It does not ring.", "Dora")
    assert message["author"]["kind"] == "customer"
    handed_in = db.rows("SELECT actor_kind, actor_id, via FROM history WHERE name = 'conversation.handed_in'")
    assert handed_in == [("agent", world.ben.pk, "api")]


def test_the_same_words_twice_are_two_cases(ben: Caller, world: World) -> None:
    body = {"from": "carol@example.com", "subject": "Again", "text": "Again."}
    numbers = [ben("POST", "/conversations", body).json["number"] for _ in range(2)]
    assert numbers == [world.case + 1, world.case + 2]
    assert ben.get(f"/conversations?customer={world.carol}")["items"][0]["number"] == world.case + 2


def test_a_customer_is_written_to_first(ben: Caller, world: World) -> None:
    body = {
        "customer": str(world.carol),
        "subject": "Your order",
        "text": "It is here.",
        "kind": "reply",
        "hold_seconds": 0,
    }
    case = ben("POST", "/conversations", body).json
    assert (case["status"]["category"], case["assignee"]["name"], case["subject"]) == ("waiting", "Ben", "Your order")
    (message,) = ben.get(f"/conversations/{case['number']}/messages")["items"]
    assert (message["kind"], message["subject"], message["delivery"]) == ("reply", "Your order", "queued")
    assert message["to"] == [{"address": "carol@example.com", "name": "Carol", "kind": "email"}]


def test_a_first_answer_that_is_taken_back_leaves_the_case_open(ben: Caller, world: World) -> None:
    number = ben("POST", "/conversations", {"from": "emil@example.net", "text": "Hi", "kind": "reply"}).json["number"]
    (message,) = ben.get(f"/conversations/{number}/messages")["items"]
    assert ben("DELETE", f"/conversations/{number}/messages/{message['id']}/hold").json["delivery"] == "cancelled"
    assert ben.get(f"/conversations/{number}")["status"]["category"] == "open"


def test_a_note_needs_no_customer(ben: Caller, world: World) -> None:
    case = ben(
        "POST",
        "/conversations",
        {"subject": "Stocktaking", "text": "Count the bells.", "kind": "note", "priority": "low"},
    ).json
    assert (case["customer"], case["priority"], case["participants"]) == (None, "low", [])


def test_nobody_opens_cases_in_a_channel_of_another_team(cleo: Caller, world: World) -> None:
    before = db.value("SELECT count(*) FROM conversations_conversation")
    answer = cleo("POST", "/conversations", {"from": "dora@example.org", "text": "x"})
    assert (answer.status, answer.json["code"]) == (403, "forbidden.conversation.create")
    assert db.value("SELECT count(*) FROM conversations_conversation") == before
    assert cleo("POST", "/conversations", {"from": "dora@example.org", "text": "x", "kind": "reply"}).status == 201


@pytest.mark.parametrize(("body", "fields"), [
    ({}, ["from"]),
    ({"from": "dora@example.org", "customer": "1", "text": "x"}, ["from"]),
    ({"from": "dora", "text": "x"}, ["from"]),
    ({"from": "dora@example.org,emil@example.net", "text": "x"}, ["from"]),
    ({"from": {"name": "Dora"}, "text": "x"}, ["from.address"]),
    ({"from": "Support@northwind.example", "text": "x"}, ["from"]),
    ({"from": 12, "text": "x"}, ["from"]),
    ({"customer": "999999", "text": "x"}, ["customer"]),
    ({"from": "dora@example.org", "text": "x", "channel": "999"}, ["channel"]),
    ({"from": "dora@example.org", "text": "x", "channel": "nobody@northwind.example"}, ["channel"]),
    ({"from": "dora@example.org", "text": "x", "kind": "event"}, ["kind"]),
    ({"from": "dora@example.org", "text": "x", "tags": "phone"}, ["tags"]),
    ({"from": "dora@example.org", "text": "x", "tags": ["a"] * 51}, ["tags"]),
    ({"from": "dora@example.org", "text": "x", "subject": "x" * 1001}, ["subject"]),
    ({"from": "dora@example.org", "text": "x", "subject": "\x00"}, ["subject"]),
    ({"from": "dora@example.org", "text": "x", "team": "Nowhere"}, ["team"]),
    ({"from": "d" * 300 + "@example.org", "text": "x"}, ["from"]),
])  # fmt: skip
def test_what_is_not_right_opens_nothing(ben: Caller, world: World, body: dict[str, Any], fields: list[str]) -> None:
    answer = ben("POST", "/conversations", body)
    assert (answer.status, answer.fields) == (422, fields)
    assert db.value("SELECT count(*) FROM conversations_conversation") == 1


def test_arabic_emoji_and_long_words_come_back_as_they_were(ben: Caller, world: World) -> None:
    text = "أين دراجتي؟ 🚲 " + "x" * 100_000
    number = ben(
        "POST", "/conversations", {"from": "ليلى <layla@example.com>", "subject": "أين؟\u202e", "text": text}
    ).json["number"]
    (message,) = ben.get(f"/conversations/{number}/messages")["items"]
    assert (message["text"], message["from"]["name"], message["subject"]) == (text, "ليلى", "أين؟\u202e")


def test_an_empty_case_is_refused(ben: Caller, world: World) -> None:
    assert ben("POST", "/conversations", {"from": "dora@example.org", "text": "  "}).json["code"] == "empty_message"
