"""Who reports that they look at a case must be able to see it."""

import json

import pytest

from careline.entrypoints.live import reporting
from tests.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(reporting, "_notify", found.append)
    monkeypatch.setattr(reporting, "close_old_connections", lambda: None)
    return found


def test_whoever_sees_the_case_is_told_of_by_name(world: World, told: list[str]) -> None:
    assert reporting._report(world.person(world.ben), world.case, "reply") == 204
    said = json.loads(told[0])
    assert (said["number"], said["agent"], said["name"], said["doing"], said["only"]) == (
        world.case,
        world.ben.pk,
        "Ben",
        "reply",
        None,
    )
    assert world.front.pk in said["case"]


def test_a_case_that_is_not_theirs_is_not_there(world: World, told: list[str]) -> None:
    assert reporting._report(world.person(world.cleo), world.case, "view") == 404
    assert reporting._report(world.person(world.ben), 999_999, "view") == 404
    assert told == []


def test_a_page_of_somebody_else_reports_nothing() -> None:
    assert reporting._is_foreign({"headers": [(b"sec-fetch-site", b"cross-site")]})
    assert not reporting._is_foreign({"headers": [(b"sec-fetch-site", b"same-origin")]})
