"""An upgrade begins with a backup, where there is something to lose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careline.entrypoints.console import migration
from careline.entrypoints.console.keeping import before_upgrade
from careline.entrypoints.console.keeping.backing_up import Kept
from careline.entrypoints.console.keeping.before_upgrade import backed_up_before_upgrade
from careline.entrypoints.console.keeping.looking import looked_through
from careline.entrypoints.console.refusal import Refusal
from careline.kit import db
from tests.stories.keeping import own_store
from tests.world import make_world

NOT_YET = "UPDATE django_migrations SET app = %s WHERE app = %s"


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CARELINE_DATA", str(tmp_path))
    with own_store(tmp_path, settings):
        yield tmp_path


@pytest.fixture
def older(db: None, folder: Path) -> Path:
    """An install with a company in it, made by a version that knew nothing of webhooks."""
    make_world()
    _without_webhooks()
    return folder


def _without_webhooks() -> None:
    db.execute(NOT_YET, ["not yet", "webhooks"])


def _written(monkeypatch: pytest.MonkeyPatch, error: OSError | None = None) -> None:
    def back_up(path: Path, folder: Path, **words: Any) -> Kept:
        if error is not None:
            raise error
        path.write_text("all of it")
        return Kept()

    monkeypatch.setattr(before_upgrade, "back_up", back_up)


@pytest.mark.django_db(transaction=True)
def test_the_backup_is_whole_and_named_by_its_day(folder: Path) -> None:
    make_world()
    _without_webhooks()
    try:
        path = backed_up_before_upgrade(folder)
    finally:
        db.execute(NOT_YET, ["webhooks", "not yet"])
    assert path is not None
    assert path.parent == folder / "backups"
    assert path.name.startswith("before-upgrade-20")
    found = looked_through(path)
    assert (found.sums["rows"]["company"], found.sums["rows"]["customers_customer"]) == (1, 1)


def test_nothing_is_backed_up_where_nothing_is_left_to_migrate(db: None, folder: Path) -> None:
    make_world()
    assert backed_up_before_upgrade(folder) is None
    assert not (folder / "backups").exists()


def test_nothing_is_backed_up_where_there_is_no_company_yet(db: None, folder: Path) -> None:
    _without_webhooks()
    assert backed_up_before_upgrade(folder) is None


def test_a_demo_is_not_backed_up(older: Path) -> None:
    (older / "demo").touch()
    assert backed_up_before_upgrade(older) is None


def test_the_last_two_are_kept_and_nothing_else_is_touched(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(monkeypatch)
    (older / "backups").mkdir()
    for name in ("monday", "before-upgrade-2025-01-01-000000-to-0.1", "before-upgrade-2025-02-01-000000-to-0.2"):
        (older / "backups" / name).touch()
    path = backed_up_before_upgrade(older)
    assert path is not None
    assert {kept.name for kept in (older / "backups").iterdir()} == {
        "monday", "before-upgrade-2025-02-01-000000-to-0.2", path.name,
    }  # fmt: skip


def test_without_room_for_the_backup_the_upgrade_is_not_begun(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(monkeypatch, OSError(28, "No space left on device"))
    begun: list[Path | None] = []
    monkeypatch.setattr(migration, "_migrate", begun.append)
    with pytest.raises(Refusal) as refused:
        migration.migrate_where_needed(None)
    assert "No space left on device); make room there and start again." in str(refused.value)
    assert begun == []


def test_a_migration_that_fails_says_how_to_go_back(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(monkeypatch)

    def fails(folder: Path | None) -> None:
        raise ValueError("a column too many")

    monkeypatch.setattr(migration, "_migrate", fails)
    with pytest.raises(Refusal) as refused:
        migration.migrate_where_needed(None)
    (path,) = (older / "backups").iterdir()
    assert "(a column too many); install the version before, and where it does not start, run" in str(refused.value)
    assert f"`careline restore {path} --replace`" in str(refused.value)
