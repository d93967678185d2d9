"""Somebody of the named world in front of the screens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careline.entrypoints.web import gate
from careline.kit import clock
from tests.world import NOON, World, make_world, writes_in

PART = {"HX-Request": "true"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of the world's day, until a test says otherwise."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    assert gate.clock.now() == NOON


@pytest.fixture
def enter(world: World) -> Callable[..., Client]:
    """A browser in which somebody is signed in."""

    def browser(who: Any) -> Client:
        client = Client()
        client.force_login(who)
        return client

    return browser


@pytest.fixture
def ada(world: World, enter: Callable[..., Client]) -> Client:
    return enter(world.ada)


@pytest.fixture
def three_cases(world: World) -> World:
    for subject in ("A second one", "A third one"):
        writes_in(subject, text="Hello", mailbox=world.mailbox, sender=f"{subject[2]}@example.com")
    return world
