"""Messages over the API: answering, noting, taking back, files."""

from __future__ import annotations

from typing import Any

import pytest

from careline.domain.conversations.queries.messages import delivery_of
from careline.kit import db
from tests.entrypoints.api.conftest import API, Caller
from tests.world import SUPPORT, World


def test_an_answer_goes_to_the_customer_and_waits_for_the_undo(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    answer = ben("POST", f"{path}/messages", {"kind": "reply", "text": "It leaves today."})
    sent = answer.json
    assert answer.status == 201
    assert answer.headers["Location"] == f"{API}{path}/messages/{sent['id']}"
    assert (sent["kind"], sent["delivery"], sent["text"]) == ("reply", "held", "It leaves today.")
    assert sent["to"] == [{"address": "carol@example.com", "name": "Carol", "kind": "email"}]
    assert sent["from"] == {"address": SUPPORT, "name": "Ben", "kind": "email"}
    assert sent["author"] == {"kind": "agent", "id": str(world.ben.pk), "name": "Ben"}
    assert sent["subject"] == "Re: Where is my bike?"
    assert sent["html"] == "<p>It leaves today.</p>"
    case = ben.get(path)
    assert (case["status"]["category"], case["message_count"], case["last_message_id"]) == ("waiting", 2, sent["id"])
    assert [m["kind"] for m in ben.get(f"{path}/messages")["items"]] == ["incoming", "reply"]


def test_an_answer_that_has_not_left_is_taken_back_once(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    key = ben("POST", f"{path}/messages", {"kind": "reply", "text": "Too soon."}).json["id"]
    assert ben("DELETE", f"{path}/messages/{key}/hold").json["delivery"] == "cancelled"
    assert ben.get(path)["status"]["category"] == "open"
    again = ben("DELETE", f"{path}/messages/{key}/hold")
    assert (again.status, again.json["code"]) == (409, "taken_back")
    assert ben("DELETE", f"{path}/messages/999999/hold").status == 404


def test_without_a_hold_it_leaves_at_once_and_later_it_is_scheduled(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    now = ben("POST", path, {"kind": "reply", "text": "Now.", "hold_seconds": 0}).json
    later = ben("POST", path, {"kind": "reply", "text": "Later.", "send_at": "2100-01-01T00:00:00Z"}).json
    assert (now["delivery"], later["delivery"], later["leaves_at"]) == ("queued", "scheduled", "2100-01-01T00:00:00Z")
    assert ben("POST", path, {"kind": "reply", "text": "Past.", "send_at": "2001-01-01T00:00:00Z"}).fields == [
        "send_at"
    ]


def test_an_answer_to_a_thread_that_has_changed_shows_what_is_new(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    seen = ben.get(path)["items"][-1]["id"]
    ben("POST", path, {"kind": "note", "text": "She called as well."})
    stale = {"kind": "reply", "text": "Where was it sent?", "seen_message": seen}
    refused = ben("POST", path, stale)
    assert (refused.status, refused.json["code"]) == (409, "thread_changed")
    assert [m["text"] for m in refused.json["messages"]] == ["She called as well."]
    assert len(ben.get(path)["items"]) == 2
    assert ben("POST", path, stale | {"force": True}).status == 201


def test_a_forwarded_thread_goes_elsewhere_and_leaves_the_case_as_it_is(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}"
    sent = ben(
        "POST",
        f"{path}/messages",
        {"kind": "reply", "text": "Can you look?", "forward_to": ["Wheel Works <w@wheels.example>"]},
    )
    assert sent.json["to"] == [{"address": "w@wheels.example", "name": "Wheel Works", "kind": "email"}]
    assert sent.json["subject"] == "Fwd: Where is my bike?"
    assert ben.get(path)["status"]["category"] == "open"


def test_recipients_may_be_named_as_text_or_as_objects(ben: Caller, world: World) -> None:
    body = {
        "kind": "reply",
        "text": "Hello",
        "to": ["Dora <dora@EXAMPLE.org>"],
        "cc": [{"address": "emil@example.net", "name": "Emil"}],
    }
    sent = ben("POST", f"/conversations/{world.case}/messages", body).json
    assert [p["address"] for p in sent["to"] + sent["cc"]] == ["dora@example.org", "emil@example.net"]
    wrong = body | {
        "to": [
            "nobody",
            "a@b",
            "x@example.com\r\nBcc: y@example.com",
            "<>",
            {"address": "ok@example.com", "nick": "x"},
            7,
        ]
    }
    answer = ben("POST", f"/conversations/{world.case}/messages", wrong)
    assert answer.status == 422
    assert answer.fields[0].startswith("to")


@pytest.mark.parametrize(("body", "fields"), [
    ({}, ["kind"]),
    ({"kind": "incoming", "text": "x"}, ["kind"]),
    ({"kind": "reply", "text": 7}, ["text"]),
    ({"kind": "reply", "text": "a\x00b"}, ["text"]),
    ({"kind": "reply", "text": "x" * 1_000_001}, ["text"]),
    ({"kind": "reply", "text": "x", "hold_seconds": -1}, ["hold_seconds"]),
    ({"kind": "reply", "text": "x", "hold_seconds": 10**30}, ["hold_seconds"]),
    ({"kind": "reply", "text": "x", "hold_seconds": True}, ["hold_seconds"]),
    ({"kind": "reply", "text": "x", "seen_message": "newest"}, ["seen_message"]),
    ({"kind": "reply", "text": "x", "attachments": ["abc"]}, ["attachments[0]"]),
    ({"kind": "reply", "text": "x", "attachments": ["a.b", "é.é"]}, ["attachments[0]"]),
    ({"kind": "reply", "text": "x", "send_at": "2100-01-01"}, ["send_at"]),
    ({"kind": "note", "text": "x", "to": ["carol@example.com"]}, ["to"]),
    ({"kind": "reply", "text": "x", "to": ["a@example.com"], "forward_to": ["b@example.com"]}, ["forward_to"]),
    ({"kind": "reply", "text": "x", "\x00": 1}, ["body", "\x00"]),
    ({"kind": "reply", "txt": "x"}, ["txt"]),
])  # fmt: skip
def test_each_wrong_field_is_named_and_nothing_is_sent(
    ben: Caller, world: World, body: dict[str, Any], fields: list[str]
) -> None:
    answer = ben("POST", f"/conversations/{world.case}/messages", body)
    assert (answer.status, answer.fields) == (422, fields)
    assert len(ben.get(f"/conversations/{world.case}/messages")["items"]) == 1


@pytest.mark.parametrize("raw", [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"kind": "reply", "text": "\\ud800"}', b"[" * 5000, b"{}{}", b'{"a": NaN}', b'{"a": 1e999}',
])  # fmt: skip
def test_what_is_no_json_object_is_told_so(ben: Caller, world: World, raw: bytes) -> None:
    answer = ben("POST", f"/conversations/{world.case}/messages", raw=raw)
    assert answer.status in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_other_kinds_of_body_are_refused(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/xml"):
        assert ben("POST", path, raw=b"kind=reply", content_type=kind).status == 415
    assert (
        ben("POST", path, {"kind": "note", "text": "x"}, content_type="application/json; charset=utf-8").status == 201
    )


def test_what_is_too_large_is_not_even_read(ben: Caller, world: World) -> None:
    for path in (f"/conversations/{world.case}/messages", "/attachments"):
        answer = ben("POST", path, raw=b"x", **{"Content-Length": str(60 * 1024 * 1024)})
        assert (answer.status, answer.json["code"]) == (413, "too_large")


def test_an_empty_answer_is_refused_and_one_to_nobody_too(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    assert ben("POST", path, {"kind": "reply", "text": " \n"}).json["code"] == "empty_message"
    assert ben("POST", path, {"kind": "note", "text": ""}).json["code"] == "empty_message"
    db.execute("DELETE FROM conversations_participant")
    assert ben("POST", path, {"kind": "reply", "text": "x"}).json["code"] == "no_recipient"


def test_who_may_only_read_can_not_answer(world: World) -> None:
    reader = Caller(world.token_of(world.ben, "conversation:read"))
    answer = reader("POST", f"/conversations/{world.case}/messages", {"kind": "reply", "text": "x"})
    assert (answer.status, answer.json["code"]) == (403, "forbidden.conversation.reply")
    assert len(reader.get(f"/conversations/{world.case}/messages")["items"]) == 1


def test_messages_come_page_by_page(ben: Caller, world: World) -> None:
    path = f"/conversations/{world.case}/messages"
    for n in range(3):
        ben("POST", path, {"kind": "note", "text": f"Note {n}"})
    first = ben.get(f"{path}?limit=3")
    second = ben.get(f"{path}?limit=3&cursor={first['next']}")
    assert [m["text"] for m in first["items"] + second["items"]] == [
        "I ordered it a week ago.",
        "Note 0",
        "Note 1",
        "Note 2",
    ]
    assert second["next"] is None


def test_html_of_an_answer_is_made_harmless(ben: Caller, world: World) -> None:
    html = '<p onclick="x()">Hello <script>alert(1)</script><img src=x onerror=y()></p>'
    sent = ben("POST", f"/conversations/{world.case}/messages", {"kind": "reply", "html": html}).json
    assert "script" not in sent["html"]
    assert "on" + "error" not in sent["html"]
    assert sent["text"].strip() == "Hello"
    assert delivery_of(int(sent["id"])).state == "held"
