"""A visitor's browser, as the server sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.domain.channels import commands as channels
from careline.domain.chats import whereabouts
from careline.domain.chats.queries import site_by_id
from careline.domain.chats.rules.sites import Site
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.api.widget import limits, talks
from tests.world import NOON, World, make_world

SHOP = "https://www.northwind.example"
TOKEN = "5f" * 16
FIELDS = [
    {"key": "name", "label": {"en": "Your name", "de": "Ihr Name"}, "kind": "text"},
    {"key": "email", "label": {"en": "Mail"}, "kind": "email"},
]


@dataclass
class Answer:
    status: int
    json: Any
    headers: dict[str, str]


class Visitor:
    """`token` is what it was given; `speak` sends one call."""

    def __init__(self, site: Site, *, origin: str = SHOP, address: str = "192.0.2.7") -> None:
        self.site, self.token, self.origin, self.address = site, "", origin, address
        self.client = Client(raise_request_exception=False)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {"Origin": self.origin} | ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | headers
        data = b"" if body is None else json.dumps(body).encode()
        response = self.client.generic(
            method, f"/chat/v1/{path}", data, content_type="application/json", headers=sent, REMOTE_ADDR=self.address
        )
        assert response.status_code < 500, response.content
        is_json = "json" in response.headers.get("Content-Type", "")
        return Answer(response.status_code, response.json() if is_json else response.content, dict(response.headers))

    def comes(self, **more: Any) -> Answer:
        page = {"url": f"{SHOP}/bikes", "title": "Bikes"}
        made = self("POST", f"sites/{self.site.token}/visits", {"page": page, **more})
        self.token = made.json.get("visitor", "") if isinstance(made.json, dict) else ""
        return made

    def begins(self, text: str = "Where is my bike?", *, client_id: str = "c-1", **more: Any) -> Answer:
        return self("POST", "threads", {"client_id": client_id, "text": text, "language": "en", **more})

    def says(self, text: str, *, client_id: str, **more: Any) -> Answer:
        return self("POST", "thread/messages", {"client_id": client_id, "text": text, **more})

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [(m["from"], m["text"]) for m in self("GET", "thread").json["messages"]]


def add_site(world: World, **settings: Any) -> Site:
    made = channels.add_channel(
        "chat", name="Northwind Bikes", address=TOKEN, brand_id=world.mailbox.brand_id, team_id=world.front.pk,
        settings={"origins": [SHOP], "languages": ["en", "de"], "pre_chat": FIELDS, "offline_form": FIELDS, **settings}, by=SYSTEM, at=NOON,
    )  # fmt: skip
    found = site_by_id(made.pk)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def fresh(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DATA = tmp_path
    store.cache_clear()
    whereabouts.forget_all()
    talks.forget_house()
    for buckets in limits.ALL:
        buckets.forget()
        monkeypatch.setattr(buckets, "per_second", 1e-6)  # nothing here hangs on how fast the machine is
    yield
    store.cache_clear()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def site(world: World) -> Site:
    return add_site(world)


@pytest.fixture
def carol(site: Site) -> Visitor:
    visitor = Visitor(site)
    assert visitor.comes().status == 201
    return visitor
