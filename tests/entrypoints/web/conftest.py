"""Somebody of the named world in front of the screens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careline.entrypoints.web import gate
from careline.kit import clock, db
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
def statements(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """How many statements something sends to the database, Django's and ours."""
    ours: list[int] = []
    cursors = db._cursors

    def told() -> Any:
        ours.append(1)
        return cursors()

    monkeypatch.setattr(db, "_cursors", told)

    def counted(browse: Callable[[], object]) -> int:
        ours.clear()
        with CaptureQueriesContext(connection) as djangos:
            browse()
        return len(ours) + len(djangos)

    return counted


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
