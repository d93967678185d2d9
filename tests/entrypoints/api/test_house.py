"""People, customers, channels, what came in, health and figures over the API."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError

from careline.domain.channels.queries import channel_by_id
from careline.domain.channels.queries import channels as all_channels
from careline.domain.company.commands import note_beat
from careline.domain.company.queries import languages
from careline.entrypoints.api import limits
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit import clock, db
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World


def test_everybody_learns_who_they_are(ben: Caller, world: World) -> None:
    me = ben.get("/me")
    assert (me["id"], me["name"], me["role"], me["teams"]) == (
        str(world.ben.pk),
        "Ben",
        "representative",
        [str(world.front.pk)],
    )
    assert me["grants"]["conversation:reply"] == ["team"]
    assert "staff:manage" not in me["grants"]


def test_a_token_does_no_more_than_its_scopes(world: World) -> None:
    reader = Caller(world.token_of(world.ada, "staff:read"))
    assert sorted(reader.get("/me")["grants"]) == ["staff:read"]
    assert reader("GET", "/conversations").json["code"] == "forbidden.conversation.read"
    assert reader("GET", f"/conversations/{world.case}").status == 404


def test_only_an_administrator_adds_people_and_teams(ada: Caller, ben: Caller, world: World) -> None:
    new = {"email": "Dan@Northwind.example", "role": "representative", "name": "Dan", "teams": ["front"]}
    assert ben("POST", "/agents", new).json["code"] == "forbidden.staff.manage"
    made = ada("POST", "/agents", new)
    assert (made.status, made.json["email"], made.json["teams"]) == (201, "dan@northwind.example", ["Front"])
    assert ada("POST", "/agents", new).json["code"] == "address_taken"
    assert ada("POST", "/agents", new | {"email": "e@northwind.example", "role": "king"}).fields == ["role"]
    assert ada("POST", "/agents", new | {"email": "e@northwind.example", "teams": ["Nowhere"]}).fields == ["teams[0]"]
    assert [agent["name"] for agent in ben.get("/agents")["items"]] == ["Ada", "Ben", "Cleo", "Dan"]
    assert ada("POST", "/teams", {"name": " North  West "}).json["name"] == "North West"
    assert ada("POST", "/teams", {"name": "FRONT"}).status == 409
    assert ada("POST", "/teams", {"name": " "}).fields == ["name"]
    assert [team["name"] for team in ben.get("/teams")["items"]] == ["Back", "Front", "North West"]


def test_channels_are_added_once_and_their_secrets_never_shown(ada: Caller, ben: Caller, world: World) -> None:
    new = {
        "name": "Sales",
        "address": "Sales@northwind.example",
        "team": "Back",
        "settings": {"imap_password": "geheim", "acknowledge": True},
    }
    assert ben("POST", "/channels", new).json["code"] == "forbidden.channel.manage"
    made = ada("POST", "/channels", new)
    assert (made.status, made.json["address"], made.json["settings"]) == (
        201,
        "sales@northwind.example",
        {"acknowledge": True},
    )
    assert b"geheim" not in ada("GET", "/channels").content
    assert ada("POST", "/channels", new).json["code"] == "address_taken"
    assert ada("POST", "/channels", new | {"kind": "pigeon"}).fields == ["kind"]
    assert ada("POST", "/channels", new | {"address": "x@northwind.example", "settings": {"wings": 2}}).fields == [
        "settings.wings"
    ]
    assert ada("POST", "/channels", new | {"address": "x@northwind.example", "settings": {"imap_url": [1]}}).fields == [
        "settings.imap_url"
    ]
    assert ada("POST", "/channels", new | {"address": ""}).fields == ["address"]
    assert [channel["name"] for channel in ben.get("/channels")["items"]] == ["Support", "Sales"]


def test_a_mailbox_is_changed_in_what_is_given_and_in_nothing_else(ada: Caller, ben: Caller, world: World) -> None:
    made = ada("POST", "/channels", {"name": "Sales", "address": "sales@northwind.example", "team": "Front",
                                     "settings": {"imap_password": "geheim", "smtp_password": "leise"}}).json  # fmt: skip
    place = f"/channels/{made['id']}"
    assert ben("PATCH", place, {"name": "Mine"}).json["code"] == "forbidden.channel.manage"
    assert ada("PATCH", place, {}).json == made
    change = {"name": " Rentals ", "settings": {"acknowledge": True, "imap_password": ""}}
    changed = ada("PATCH", place, change).json
    assert changed == made | {"name": "Rentals", "settings": made["settings"] | {"acknowledge": True}}
    assert channel_by_id(int(made["id"])).secrets == {"imap_password": "geheim", "smtp_password": "leise"}
    assert ada("PATCH", place, {"team": None}).json == changed | {"team_id": None}
    assert ada("PATCH", place, {"is_active": False, "team": "Back"}).json["is_active"] is False
    assert ada.get(place)["team_id"] == str(world.back.pk)
    for wrong, field in (
        ({"name": " "}, "name"), ({"team": "Moon"}, "team"), ({"settings": {"acknowledge": "yes"}}, "settings.acknowledge"),
        ({"settings": {"wings": 2}}, "settings.wings"),
    ):  # fmt: skip
        assert ada("PATCH", place, wrong).fields == [field]
    assert ada.get(place)["name"] == "Rentals"
    assert ada("PATCH", "/channels/99999", {"name": "x"}).status == 404


def test_chat_sites_and_forms_are_set_up_where_more_is_asked_of_them(ada: Caller) -> None:
    told = ada("POST", "/channels", {"kind": "chat", "name": "Shop"})
    assert (told.fields, told.json["errors"][0]["message"]) == (
        ["kind"],
        "A channel of kind chat is set up under /chat-sites.",
    )
    site = ada("POST", "/chat-sites", {"name": "Shop"}).json
    assert ada("PATCH", f"/channels/{site['id']}", {"name": "Other"}).fields == ["kind"]
    assert ada.get(f"/chat-sites/{site['id']}")["name"] == "Shop"


def test_customers_are_found_added_and_changed(ben: Caller, world: World) -> None:
    new = {"name": "Dora", "email": "dora@example.org", "addresses": ["d@example.net"], "notes": "Rings twice"}
    made = ben("POST", "/customers", new)
    key = made.json["id"]
    assert (made.status, [a["value"] for a in made.json["addresses"]]) == (201, ["dora@example.org", "d@example.net"])
    assert ben("POST", "/customers", new).json["code"] == "address_taken"
    assert ben("POST", "/customers", {"name": " "}).fields == ["name"]
    assert ben("POST", "/customers", {"email": "nobody"}).fields == ["email"]
    changed = ben("PATCH", f"/customers/{key}", {"name": "دورا", "language": "ar"}).json
    assert (changed["name"], changed["language"], changed["notes"]) == ("دورا", "ar", "Rings twice")
    assert ben("PATCH", f"/customers/{key}", {"language": "klingon!"}).fields == ["language"]
    assert [c["name"] for c in ben.get("/customers")["items"]] == ["دورا", "Carol"]
    assert [c["name"] for c in ben.get("/customers?q=car")["items"]] == ["Carol"]
    assert ben.get("/customers?q=%25")["items"] == []
    first = ben.get("/customers?limit=1")
    assert [c["name"] for c in ben.get(f"/customers?limit=1&cursor={first['next']}")["items"]] == ["Carol"]


def test_a_customer_is_seen_through_a_case_that_is_visible(cleo: Caller, world: World) -> None:
    assert cleo("GET", f"/customers/{world.carol}").status == 404
    assert cleo("PATCH", f"/customers/{world.carol}", {"name": "x"}).status == 404
    assert cleo.get("/customers")["items"] == []


def test_what_could_not_be_placed_is_shown_and_tried_again(ada: Caller, ben: Caller, world: World) -> None:
    raw = b"From: Emil <emil@example.net>\r\nTo: sales@northwind.example\r\nSubject: Wheel\r\nMessage-ID: <w1@example.net>\r\n\r\nRound?\r\n"
    house = House(all_channels(), languages())
    take_in([RawArrival("a-1", raw, NOON, envelope_to=("sales@northwind.example",))], house=house, at=NOON)
    assert ben("GET", "/inbound").json["code"] == "forbidden.inbound.read"
    (row,) = ada.get("/inbound?status=unprocessed")["items"]
    assert (row["outcome"], row["subject"], row["conversation"]) == ("unrouted", "Wheel", None)
    assert ada("POST", f"/inbound/{row['id']}/replay").json["status"] == "unprocessed"
    ada("POST", "/channels", {"name": "Sales", "address": "sales@northwind.example", "team": "Front"})
    placed = ada("POST", f"/inbound/{row['id']}/replay").json
    assert (placed["status"], placed["outcome"], placed["conversation"]) == ("processed", "opened", world.case + 1)
    assert ada("POST", f"/inbound/{row['id']}/replay").status == 409
    assert ada("POST", "/inbound/999999/replay").status == 404
    lost = raw.replace(b"w1@", b"w2@").replace(b"sales@", b"slaes@")
    take_in([RawArrival("a-2", lost, NOON, envelope_to=("slaes@northwind.example",))], house=house, at=NOON)
    again = f"/inbound/{int(row['id']) + 1}/replay?channel="
    assert ada("POST", again + "nobody@northwind.example").fields == ["channel"]
    assert ada("POST", again + world.mailbox.address).json["conversation"] == placed["conversation"] + 1
    assert ada("GET", "/inbound?status=lost").fields == ada("GET", "/inbound?status=null").fields == ["status"]
    assert ada.get(f"/inbound/{row['id']}")["status"] == "processed"


def test_views_and_tags_are_listed(ben: Caller, world: World) -> None:
    assert [view["code"] for view in ben.get("/views")["items"]][:3] == ["mine", "unassigned", "open"]
    ben("PATCH", f"/conversations/{world.case}", {"tags": ["Bikes"]})
    assert [tag["name"] for tag in ben.get("/tags")["items"]] == ["Bikes"]


def test_short_lists_come_page_by_page_as_well(ada: Caller, world: World) -> None:
    for path in ("/agents", "/views", "/teams", "/channels", "/tags"):
        whole, pages, cursor = ada.get(path)["items"], [], ""
        while cursor is not None:
            page = ada.get(f"{path}?limit=2&cursor={cursor}")
            pages += page["items"]
            cursor = page["next"]
        assert pages == whole
        assert ada("GET", f"{path}?cursor=OTk5OTk5").fields == ["cursor"]


def test_health_needs_no_token_and_says_whether_the_worker_lives(world: World) -> None:
    nobody = Caller(None)
    assert {k: nobody.get("/health")[k] for k in ("status", "database", "worker")} == {
        "status": "degraded", "database": "ok", "worker": "not started",
    }  # fmt: skip
    note_beat("here", at=clock.now())
    assert nobody.get("/health")["status"] == "ok"


def test_without_its_database_the_server_says_that_it_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise InterfaceError("the connection is closed")

    monkeypatch.setattr("careline.entrypoints.api.rooms.house.last_beat", away)
    answer = Caller(None).client.get("/api/v1/health")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "unavailable", "2")


def test_figures_are_for_this_machine_or_for_a_token_that_may(world: World, ben: Caller, ada: Caller) -> None:
    local = Caller(None)("GET", "/metrics")
    assert b'careline_cases{category="open"} 1\n' in local.content
    assert local.headers["Content-Type"].startswith("text/plain")
    assert Caller(None)("GET", "/metrics", **{"X-Forwarded-For": "203.0.113.7"}).status == 401
    assert ben("GET", "/metrics", **{"X-Forwarded-For": "203.0.113.7"}).json["code"] == "forbidden.metrics.read"
    assert ada("GET", "/metrics", **{"X-Forwarded-For": "203.0.113.7"}).status == 200


def test_the_clock_of_a_real_server_can_not_be_moved(ada: Caller, ben: Caller) -> None:
    assert ben.get("/clock")["is_standing"] is False
    assert ben("PUT", "/clock", {"now": "2030-01-01T00:00:00Z"}).status == 403
    answer = ada("PUT", "/clock", {"now": "2030-01-01T00:00:00Z"})
    assert (answer.status, answer.json["detail"]) == (
        409,
        "The clock can only be set on a server started with --test-clock.",
    )


def test_the_test_clock_waits_for_the_worker_and_never_goes_back(ada: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELINE_TEST_CLOCK", "1")

    def worker_in_between(seconds: float) -> None:
        clock.set_standing(clock.target())
        clock.clear_target()

    monkeypatch.setattr("careline.entrypoints.api.rooms.house.time.sleep", worker_in_between)
    assert ada("PUT", "/clock", {"now": "2100-01-01T00:00:00Z"}).json == {
        "now": "2100-01-01T00:00:00Z",
        "is_standing": True,
    }
    assert ada("PUT", "/clock", {"now": "2099-01-01T00:00:00Z"}).json["code"] == "clock_goes_forward"
    assert ada("PUT", "/clock", {"now": "tomorrow"}).fields == ["now"]
    assert ada("PUT", "/clock", {}).fields == ["now"]


def test_who_calls_too_often_is_told_when_to_come_back(ben: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "A_MINUTE", 3)
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: 1000.0))
    limits._left.clear()
    assert [ben("GET", "/me").status for _ in range(4)] == [200, 200, 200, 429]
    assert ben("GET", "/me").headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    "path",
    ["", "/", "/nothing", "/conversations/", "/merges", "/searches", "/conversations/1/mergers", "/%00"],
)
def test_what_is_not_there_is_a_problem_as_well(ada: Caller, path: str) -> None:
    answer = ada("GET", path or "/")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_method_that_is_not_possible_names_those_that_are(ada: Caller) -> None:
    answer = ada("DELETE", "/conversations")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert ada("OPTIONS", "/conversations").headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert ada("HEAD", "/me").content == b""


def test_the_signed_in_may_call_as_well_but_change_only_with_the_secret_of_a_form(world: World) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ben, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/api/v1/me").json()["name"] == "Ben"
    path, body = f"/api/v1/conversations/{world.case}", {"priority": "high"}
    forged = browser.patch(path, body, content_type="application/json")
    assert (forged.status_code, forged.json()["code"]) == (403, "forged")
    secret = "a" * 32
    browser.cookies["careline_csrf"] = secret
    done = browser.patch(path, body, content_type="application/json", headers={"X-CSRFToken": secret})
    assert (done.status_code, done.json()["priority"]) == (200, "high")


def test_the_description_names_every_address_and_shape(ada: Caller) -> None:
    document: dict[str, Any] = Caller(None).get("/openapi.json")
    assert document["openapi"] == "3.1.0"
    assert "/conversations/{number}/messages" in document["paths"]
    promised = (
        "merges",
        "splits",
        "side-conversations",
        "followers",
        "links",
        "drafts/{draft}",
        "snooze",
        "resolution",
        "events",
    )
    assert {f"/conversations/{{number}}/{part}" for part in promised} - set(document["paths"]) == set()
    nouns = ("bulk-changes", "customers/{id}/timeline", "customers/{id}/merges", "agents", "teams", "tags", "views", "channels", "attachments",
             "inbound", "calendars/{id}/due", "calendars/{id}/elapsed", "search", "me", "health", "metrics", "clock", "webhooks")  # fmt: skip
    assert {f"/{noun}" for noun in nouns} - set(document["paths"]) == set()
    page = Caller(None)("GET", "/docs")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"//" not in page.content.replace(b"https://", b"").split(b"</head>")[0]
    assert Caller(None)("GET", "/docs.css").headers["Content-Type"] == "text/css; charset=utf-8"


def test_lists_ask_the_database_as_often_for_three_cases_as_for_one(
    ben: Caller, world: World, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.world import writes_in

    asked: list[str] = []
    real = db._cursors
    monkeypatch.setattr(db, "_cursors", lambda: (asked.append("x"), real())[1])
    counts = []
    for n in range(2):
        asked.clear()
        ben.get("/conversations")
        counts.append(len(asked))
        for m in range(2):
            writes_in(f"More {n}{m}", text="x", mailbox=world.mailbox, sender=f"m{n}{m}@example.org")
    assert counts == [3, 3]
