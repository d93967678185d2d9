"""Changes to many cases, over the API."""

from datetime import UTC, datetime
from typing import Any

import pytest

from careline.flows.bulk_change import carry_on
from tests.entrypoints.api.conftest import Caller
from tests.world import World, writes_in


@pytest.fixture
def numbers(world: World) -> list[int]:
    more = writes_in("A recall?", text="Is my bike in it?", mailbox=world.mailbox, sender="dan@example.org", name="Dan")
    assert more.number
    return [world.case, more.number]


def test_cases_of_a_filter_are_changed_and_put_back(ben: Caller, numbers: list[int]) -> None:
    asked = ben(
        "POST", "/bulk-changes", {"filter": {"status": "open"}, "change": {"priority": "high", "assignee": "me"}}
    )
    assert (asked.status, asked.json["state"], asked.json["total"], asked.json["waiting"]) == (201, "queued", 2, 2)
    place = asked.headers["Location"].removeprefix("/api/v1")
    _run()
    told = ben.get(place)
    assert (told["state"], told["changed"], told["left"]) == ("done", 2, [])
    assert [ben.get(f"/conversations/{n}")["priority"] for n in numbers] == ["high", "high"]
    assert ben("DELETE", place).json["state"] == "undoing"
    _run()
    assert (ben.get(place)["state"], ben.get(place)["undone"]) == ("undone", 2)
    assert [ben.get(f"/conversations/{n}")["assignee"] for n in numbers] == [None, None]


def test_many_are_resolved_by_the_code_of_a_status(ben: Caller, numbers: list[int]) -> None:
    asked = ben("POST", "/bulk-changes", {"numbers": numbers, "change": {"status": "resolved", "topic_id": None}})
    assert asked.status == 201
    _run()
    assert [ben.get(f"/conversations/{n}")["status"]["code"] for n in numbers] == ["resolved"] * 2


def test_a_preview_changes_nothing(ben: Caller, numbers: list[int]) -> None:
    change = {"reply": {"text": "Dear {{customer.name}}, your case {{case.number}} is seen to."}}
    shown = ben("POST", "/bulk-changes", {"numbers": numbers, "change": change, "preview": True})
    assert (shown.status, shown.json["state"], [p["to"] for p in shown.json["preview"]]) == (
        201, "preview", [["carol@example.com"], ["dan@example.org"]],
    )  # fmt: skip
    assert shown.json["preview"][0]["text"] == f"Dear Carol, your case {numbers[0]} is seen to."
    _run()
    assert [len(ben.get(f"/conversations/{n}/messages")["items"]) for n in numbers] == [1, 1]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"change": {"priority": "high"}}, "numbers"),
        ({"numbers": [], "change": {"priority": "high"}}, "numbers"),
        ({"numbers": [1], "change": {}}, "change"),
        ({"numbers": [1], "change": {"assignee": "nobody@example.com"}}, "change.assignee"),
        ({"numbers": [1], "change": {"snoozed_until": "2001-01-01T00:00:00Z"}}, "change.snoozed_until"),
        ({"numbers": [1], "change": {"reply": {"text": "Dear {{customer.shoe}}"}}}, "change.reply.text"),
        ({"numbers": [1], "change": {"reply": {"text": " "}}}, "change.reply.text"),
        ({"numbers": [1], "change": {"status": "elsewhere"}}, "change.status"),
        ({"numbers": [1], "change": {"topic_id": "4711"}}, "change.topic_id"),
        ({"numbers": [1], "change": {"fields": {"shoe": 42}}}, "change.fields.shoe"),
        ({"numbers": [1], "change": {"colour": "red"}}, "change.colour"),
    ],
)
def test_what_is_wrong_is_named(ben: Caller, body: dict[str, Any], field: str) -> None:
    answer = ben("POST", "/bulk-changes", body)
    assert (answer.status, answer.fields) == (422, [field])


def test_a_bulk_change_of_another_one_is_not_there(ada: Caller, ben: Caller, numbers: list[int]) -> None:
    place = ben("POST", "/bulk-changes", {"numbers": numbers, "change": {"priority": "high"}}).headers["Location"]
    place = place.removeprefix("/api/v1")
    assert (ada("GET", place).status, ada("DELETE", place).status) == (404, 404)


def test_the_last_change_is_undone_and_only_once(ben: Caller, world: World) -> None:
    place = f"/conversations/{world.case}/last-change"
    assert ben("GET", place).status == 404
    ben("PATCH", f"/conversations/{world.case}", {"tags": ["refund"], "priority": "urgent"})
    until = datetime.fromisoformat(ben.get(place)["until"])
    assert 0 < (until - datetime.now(UTC)).total_seconds() <= 13
    assert ben("DELETE", place).status == 200
    case = ben.get(f"/conversations/{world.case}")
    assert (case["tags"], case["priority"]) == ([], "normal")
    assert ben("DELETE", place).status == 409


def test_a_note_that_is_taken_back_gives_its_words(ben: Caller, world: World) -> None:
    ben("POST", f"/conversations/{world.case}/messages", {"kind": "note", "text": "Call her."})
    assert ben("DELETE", f"/conversations/{world.case}/last-change").json == {"text": "Call her."}


def _run() -> None:
    while carry_on(at=datetime.now(UTC)):
        pass
