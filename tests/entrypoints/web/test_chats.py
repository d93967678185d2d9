"""Settings → Chats: a site is added and changed, a wrong word loses nothing; beside a case stands who chats."""

from __future__ import annotations

import pytest
from django.test import Client

from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.chats.queries import site_by_id
from tests.entrypoints.api.widget.conftest import SHOP, Visitor, add_site, fresh  # noqa: F401  a fixture
from tests.entrypoints.api.widget.test_talks import case_of
from tests.world import World, make_world

FORM = {
    "name": "Shop", "origins": f"{SHOP}/bikes\nhttps://shop.example.com", "colour": "#112233", "languages": ["en", "de"], "greeting-en": "Hello!",
    "gone_minutes": "7", "max_file_mb": "5", "pre_chat-name": "may", "offline_form-email": "must", "pre_chat-0-label": "Which bike?",
    "pre_chat-0-kind": "choice", "pre_chat-0-options": "Road / Trail", "invitation-0-text": "Need help?", "invitation-0-after": "20",
    "invitation-0-path": "/bikes",
}  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def ada(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.ada)
    return client


def test_a_site_is_added_shown_and_changed(world: World, ada: Client) -> None:
    assert ada.get("/settings/chats/new").status_code == 200
    made = ada.post("/settings/chats", FORM | {"team": str(world.front.pk)})
    [site] = channels(kind="chat")
    assert (made.status_code, made.headers["Location"]) == (302, f"/settings/chats/{site.id}")
    said = site.settings
    assert (said["origins"], said["gone_minutes"], said["greeting"]) == (
        [SHOP, "https://shop.example.com"],
        7,
        {"en": "Hello!"},
    )
    assert [(f["key"], f["is_required"]) for f in said["pre_chat"]] == [("name", False), ("q0_which_bike", False)]
    assert [(f["key"], f["is_required"]) for f in said["offline_form"]] == [("email", True)]
    page = ada.get(f"/settings/chats/{site.id}").content.decode()
    assert [words in page for words in (site.address, "Which bike?", "Road / Trail", "Need help?")] == [True] * 4
    ada.post(f"/settings/chats/{site.id}", FORM | {"name": "The shop"})
    changed = channel_by_id(site.id)
    assert changed is not None
    assert (changed.name, changed.is_active, site_by_id(site.id).token) == ("The shop", False, site.address)
    told = ada.post(f"/settings/chats/{site.id}/identity-key").content.decode()
    assert channel_by_id(site.id).secrets["identity_key"] in told


def test_a_wrong_word_loses_nothing(world: World, ada: Client) -> None:
    answer = ada.post("/settings/chats", FORM | {"origins": "shop"})
    page = answer.content.decode()
    assert (answer.status_code, "https://www.example.com" in page, "Which bike?" in page, channels(kind="chat")) == (
        422,
        True,
        True,
        [],
    )


def test_beside_a_case_stands_who_chats(world: World, ada: Client) -> None:
    carol = Visitor(add_site(world))
    carol.comes()
    carol.begins(fields={"name": "Carol", "email": "carol@example.com"})
    number = case_of(carol).number
    panel = ada.get(f"/conversations/{number}/visitor").content.decode()
    page = ada.get(f"/conversations/{number}").content.decode()
    assert [words in panel for words in ("Has left the site", "carol@example.com", f"{SHOP}/bikes")] == [True] * 3
    assert ["chat=1" in page, carol.site.token in page] == [True, False]
    assert ada.get(f"/conversations/{world.case}/visitor").content == b""
