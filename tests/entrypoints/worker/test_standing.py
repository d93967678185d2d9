"""The test clock says that it is where it was sent once nothing is left to be seen to, reports included."""

import threading

import pytest

from careline.domain.history.commands import move_cursor
from careline.domain.history.queries import newest_cursor
from careline.domain.reports.commands.facts import READER, count_marked, follow, go_on_recounting
from careline.entrypoints.worker.standing import Standing
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

OTHERS = ("reactions", "rules", "webhooks", "notifications")


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def _read_by_others() -> None:
    """All readers but that of the facts have seen everything."""
    newest = newest_cursor()
    for name in OTHERS:
        move_cursor(name, tx=newest.tx, happening=newest.happening, at=NOON)


def _is_quiet(monkeypatch: pytest.MonkeyPatch) -> bool:
    standing = Standing(threading.Event())
    monkeypatch.setattr(standing, "_next_due", lambda: None)
    return standing._is_quiet()


def _counted() -> None:
    while follow(at=NOON) or count_marked() or go_on_recounting(at=NOON):
        pass


def test_the_clock_waits_until_reports_tell_of_what_happened(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _read_by_others()
    assert not _is_quiet(monkeypatch), "no fact was ever counted"
    _counted()
    assert _is_quiet(monkeypatch)
    writes_in("The bell", text="It does not ring.", mailbox=world.mailbox)
    _read_by_others()
    assert not _is_quiet(monkeypatch), "a case came in"
    assert follow(at=NOON)
    assert not _is_quiet(monkeypatch), "it is marked, not counted"
    _counted()
    assert _is_quiet(monkeypatch)


def test_the_clock_waits_until_all_is_counted_by_new_hours(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _counted()
    _read_by_others()
    db.execute("UPDATE company SET time_zone = 'Asia/Kathmandu'")
    assert not _is_quiet(monkeypatch)
    _counted()
    assert _is_quiet(monkeypatch)
    assert db.value("SELECT count(*) FROM history_reader WHERE name = %s", [READER]) == 1
