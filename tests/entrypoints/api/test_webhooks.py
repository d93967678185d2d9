"""Webhooks over the API."""

from datetime import timedelta
from typing import Any

import pytest

from careline.domain.history.actor import SYSTEM
from careline.domain.webhooks.commands import attempts, webhooks
from careline.domain.webhooks.commands.attempts import Attempt, News
from careline.domain.webhooks.queries import webhook_by_id
from careline.entrypoints.api.described import described
from careline.kit import clock, db
from tests.world import NOON, World

SHOP = {"name": "Shop", "url": "https://shop.example/careline", "topics": ["message.*"]}
LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_a_new_webhook_tells_its_secret_once(ada: Any) -> None:
    made = ada("POST", "/webhooks", SHOP)
    assert (made.status, made.headers["Location"]) == (201, f"/api/v1/webhooks/{made.json['webhook']['id']}")
    assert made.json["secret"].startswith("whsec_")
    shown = ada.get(made.headers["Location"].removeprefix("/api/v1"))
    assert shown == made.json["webhook"]
    assert (shown["state"], shown["topics"], shown["content"], shown["owner"]["name"]) == (
        "active",
        ["message.*"],
        "thin",
        "Ada",
    )
    assert made.json["secret"] not in str(ada.get("/webhooks"))
    sealed = bytes(db.value("SELECT secret FROM webhooks_webhook"))
    assert made.json["secret"].encode() not in sealed


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"url": "ftp://shop.example"}, "url"), ({"url": "https://"}, "url"), ({"url": "https://a:b@shop.example/x"}, "url"),
     ({"url": "https://shop.example/x y"}, "url"), ({"url": "https://[::1"}, "url"), ({"url": "https://shop.example:99999/"}, "url"),
     ({"url": "https://10.0.0.1/"}, "url"), ({"url": "https://[::1]/"}, "url"),
     ({"url": "https://bücher.example/"}, "url"), ({"url": "https://shop.example/#a"}, "url"), ({"topics": ["token.*"]}, "topics"),
     ({"topics": []}, "topics"), ({"topics": ["message"]}, "topics"), ({"content": "whole"}, "content"), ({"name": ""}, "name"),
     ({"secret": "mine"}, "secret")],
)  # fmt: skip
def test_what_is_wrong_with_a_webhook_is_named(ada: Any, wrong: dict[str, Any], field: str) -> None:
    answer = ada("POST", "/webhooks", SHOP | wrong)
    assert (answer.status, answer.fields) == (422, [field])
    assert ada.get("/webhooks")["items"] == []


def test_only_who_manages_webhooks_gets_near_them(ada: Any, ben: Any, caller: Any, world: World) -> None:
    key = ada("POST", "/webhooks", SHOP).json["webhook"]["id"]
    assert [ben("GET", path).status for path in ("/webhooks", f"/webhooks/{key}", f"/webhooks/{key}/deliveries")] == [
        403
    ] * 3
    narrow = caller(world.token_of(world.ada, "webhook:manage"))
    refused = narrow("POST", "/webhooks", SHOP)
    assert (refused.status, refused.json["code"]) == (403, "forbidden.conversation.read")
    assert len(ada.get("/webhooks")["items"]) == 1


def test_changing_pausing_and_removing(ada: Any) -> None:
    key = ada("POST", "/webhooks", SHOP).json["webhook"]["id"]
    changed = ada("PATCH", f"/webhooks/{key}", {"topics": ["*"], "content": "full"}).json
    assert (changed["topics"], changed["content"], changed["url"]) == (["*"], "full", SHOP["url"])
    paused = ada("PUT", f"/webhooks/{key}/pause").json
    assert (paused["state"], paused["paused_for"]) == ("paused", "by_hand")
    assert ada("DELETE", f"/webhooks/{key}/pause").json["state"] == "active"
    assert ada("POST", f"/webhooks/{key}/secrets").json["secret"].startswith("whsec_")
    assert ada("DELETE", f"/webhooks/{key}").status == 204
    assert [ada(method, f"/webhooks/{key}").status for method in ("GET", "DELETE")] == [404, 404]
    names = [
        row.name
        for row in db.rows(
            "SELECT name FROM history WHERE subject_kind = 'webhook' AND subject_key = %s ORDER BY id", [int(key)]
        )
    ]
    assert names == [
        "webhook.added",
        "webhook.changed",
        "webhook.paused",
        "webhook.resumed",
        "webhook.secret_renewed",
        "webhook.removed",
    ]


def test_the_log_is_listed_filtered_and_replayed(ada: Any, world: World) -> None:
    key = int(ada("POST", "/webhooks", SHOP).json["webhook"]["id"])
    news = [News(key, n, "message.received", NOON, None, None, {"id": str(n)}) for n in range(1, 4)]
    attempts.queue(news, at=NOON)
    first, second, _third = attempts.claim(worker="w", free={key: 9}, at=NOON)
    attempts.note_end(first.id, Attempt(200, "", "thanks", 12), worker="w", at=LATER)
    attempts.note_end(second.id, Attempt(500, "It answered 500.", "no", 3), worker="w", at=LATER)
    db.execute("UPDATE webhooks_delivery SET state = 'failed' WHERE id = %s", [second.id])
    page = ada.get(f"/webhooks/{key}/deliveries?limit=2")
    assert [one["event"]["id"] for one in page["items"]] == ["3", "2"]
    rest = ada.get(f"/webhooks/{key}/deliveries?limit=2&cursor={page['next']}")
    assert ([one["answer"] for one in rest["items"]], rest["next"]) == (["thanks"], None)
    (failed,) = ada.get(f"/webhooks/{key}/deliveries?state=failed")["items"]
    assert (failed["status"], failed["words"], failed["took_ms"]) == (500, "It answered 500.", 3)
    assert ada("POST", f"/webhooks/{key}/replays", {}).json == {"count": 1}
    assert ada("POST", f"/webhooks/{key}/replays", {"delivery": str(first.id)}).json == {"count": 1}
    assert ada("POST", f"/webhooks/{key}/replays", {"delivery": str(_third.id)}).status == 409
    assert ada("POST", f"/webhooks/{key}/replays", {"delivery": "99999"}).status == 404
    assert ada.get(f"/webhooks/{key}/deliveries/{first.id}")["state"] == "waiting"
    assert ada("GET", f"/webhooks/{key}/deliveries/99999").status == 404
    assert webhook_by_id(key).rest_until is None


def test_a_ping_waits_in_the_log(ada: Any) -> None:
    key = ada("POST", "/webhooks", SHOP).json["webhook"]["id"]
    made = ada("POST", f"/webhooks/{key}/pings")
    assert (made.status, made.json["type"], made.json["state"]) == (201, "webhook.pinged", "waiting")
    assert ada.get(made.headers["Location"].removeprefix("/api/v1"))["id"] == made.json["id"]


def test_a_secret_is_not_kept_in_the_clear_under_an_idempotency_key(ada: Any) -> None:
    made = ada("POST", "/webhooks", SHOP, key="once")
    again = ada("POST", "/webhooks", SHOP, key="once")
    assert again.json == made.json
    kept = bytes(db.value("SELECT body FROM idempotency_keptanswer WHERE key = 'once'"))
    assert made.json["secret"].encode() not in kept


def test_whole_objects_are_those_its_owner_would_get(ada: Any, world: World) -> None:
    message = ada.get(f"/conversations/{world.case}/messages")["items"][0]
    event = {"conversation": world.case, "subject": {"kind": "message", "key": message["id"]}}
    objects = described(world.person(world.ben), event)
    assert objects["message"] == message
    case = ada.get(f"/conversations/{world.case}")
    assert objects["conversation"] == {name: case[name] for name in objects["conversation"]}
    assert described(world.person(world.cleo), event) == {}


def test_there_is_an_end_to_webhooks(world: World) -> None:
    for n in range(webhooks.MOST):
        webhooks.add_webhook(
            f"{n}", url="https://shop.example", topics=["*"], owner_id=world.ada.pk, by=SYSTEM, at=NOON
        )
    with pytest.raises(webhooks.TooMany):
        webhooks.add_webhook(
            "one more", url="https://shop.example", topics=["*"], owner_id=world.ada.pk, by=SYSTEM, at=NOON
        )
