"""Canned replies and macros over the API."""

from __future__ import annotations

from tests.entrypoints.api.conftest import Caller
from tests.world import World

SAYS = {"text": "Dear {{customer.first_name}},{{cursor}} {{nobody.knows}}", "html": "<p>{{case.subject}}</p>"}
HELLO = {"name": "Hello", "abbreviation": "hi", "texts": {"en": SAYS}}


def test_a_reply_is_kept_found_changed_and_thrown_away(ben: Caller, cleo: Caller, world: World) -> None:
    made = ben("POST", "/canned-replies", HELLO | {"folder": "a/ b", "labels": ["x"]})
    key = made.json["id"]
    assert (made.status, made.json["folder"], made.json["unknown_variables"], made.json["uses"]) == (
        201,
        "a / b",
        ["nobody.knows"],
        0,
    )
    assert [r["id"] for r in ben.get("/canned-replies?q=dear")["items"]] == [key]
    assert ben.get("/canned-replies?q=nothing")["items"] == cleo.get("/canned-replies")["items"] == []
    assert cleo("GET", f"/canned-replies/{key}").status == cleo("DELETE", f"/canned-replies/{key}").status == 404
    assert ben("POST", "/canned-replies", HELLO).fields == ["abbreviation"]
    assert ben("PATCH", f"/canned-replies/{key}", {"texts": {}}).fields == ["texts"]
    changed = ben("PATCH", f"/canned-replies/{key}", {"name": "Hi", "abbreviation": ""}).json
    assert (changed["name"], changed["abbreviation"], changed["texts"]) == ("Hi", "", made.json["texts"])
    assert ben("DELETE", f"/canned-replies/{key}").status == 204


def test_a_reply_goes_into_a_case_with_its_values_and_is_counted(
    ben: Caller, cleo: Caller, ada: Caller, world: World
) -> None:
    key = ada("POST", "/canned-replies", HELLO | {"audience": "all"}).json["id"]
    place = f"/conversations/{world.case}/canned-replies/{key}"
    said = {
        "text": "Dear Carol, {{nobody.knows}}", "html": "<p>Where is my bike?</p>", "language": "en", "cursor": 11,
        "unfilled": ["{{nobody.knows}}"], "files": [],
    }  # fmt: skip
    assert ben.get(place) == said
    assert ben("POST", place).json == ben("POST", place).json == said
    assert ada.get(f"/canned-replies/{key}")["uses"] == 2
    assert cleo("POST", place).status == 404


def test_what_a_customer_wrote_is_escaped_in_html(ben: Caller, ada: Caller, world: World) -> None:
    ben("PATCH", f"/conversations/{world.case}", {"subject": "<img src=x onerror=alert(1)> {{agent.email}}"})
    key = ben("POST", "/canned-replies", HELLO).json["id"]
    html = ben.get(f"/conversations/{world.case}/canned-replies/{key}")["html"]
    assert html == "<p>&lt;img src=x onerror=alert(1)&gt; {{agent.email}}</p>"


def test_a_macro_is_previewed_and_run(ben: Caller, world: World) -> None:
    actions = [{"do": "assign", "to": "me"}, {"do": "note", "texts": {"en": "By {{agent.name}}"}}, {"do": "resolve"}]
    made = ben("POST", "/macros", {"name": "End", "actions": actions})
    place = f"/conversations/{world.case}/macros/{made.json['id']}"
    assert (made.status, made.json["actions"]) == (201, actions)
    assert [step["text"] for step in ben.get(place)["steps"]] == ["", "By Ben", ""]
    assert ben.get(f"/conversations/{world.case}")["status"]["category"] == "open"
    ran = ben("POST", place, {})
    assert (ran.status, [step["refusal"] for step in ran.json["steps"]]) == (200, ["", "", ""])
    case = ben.get(f"/conversations/{world.case}")
    assert (case["status"]["category"], case["assignee"]["name"]) == ("resolved", "Ben")
    assert ben("POST", "/macros", {"name": "Odd", "actions": [{"do": "fly"}]}).fields == ["actions[0].do"]
    assert (
        ben("POST", "/macros", {"name": "Odd", "actions": actions, "audience": "all"}).json["code"]
        == "forbidden.canned.manage"
    )


def test_a_macro_that_is_refused_changes_nothing_and_says_why(ben: Caller, world: World) -> None:
    key = ben(
        "POST", "/macros", {"name": "Odd", "actions": [{"do": "tag", "names": ["x"]}, {"do": "assign", "to": "99999"}]}
    ).json["id"]
    ran = ben("POST", f"/conversations/{world.case}/macros/{key}", {})
    assert (ran.status, ran.json["code"], [r["action"] for r in ran.json["reasons"]]) == (
        409,
        "macro_refused",
        ["assign"],
    )
    assert ben.get(f"/conversations/{world.case}")["tags"] == []
