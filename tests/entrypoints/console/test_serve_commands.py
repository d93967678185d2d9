"""Commands that need the database work on the same folder also where no server runs on it; where one does, test_serve.py."""

import shutil
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from careline.entrypoints.console import migration
from careline.entrypoints.console.main import main
from careline.kit.postgres.place import place_of
from careline.kit.postgres.postmaster import living_processes
from tests.entrypoints.console.test_serve import run_on
from tests.throwaway import quick_folder


@pytest.fixture
def data() -> Iterator[Path]:
    folder = quick_folder()
    yield folder / "data"
    shutil.rmtree(folder)


def test_without_a_server_the_command_brings_its_own_and_all_tables(data: Path) -> None:
    assert run_on(data) == f"{data} True\n"
    assert living_processes(data / "postgres" / "cluster") == []


@pytest.mark.parametrize("words", [
    ["user", "add", "ben@northwind.example", "--role", "representative"], ["token", "ada@northwind.example"],
    ["backup", "kept"], ["export", "taken"],
], ids=lambda words: words[0])  # fmt: skip
def test_a_mistyped_folder_is_refused_and_no_install_is_founded_in_it(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CARELINE_DATABASE_URL", raising=False)
    assert main([*words, "--data", "tpyo"]) == 2
    told = capsys.readouterr().err
    assert (
        told
        == f"careline: {tmp_path}/tpyo holds no install; name its folder with --data, or make one with `careline init`.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_migrating_is_skipped_until_something_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "postgres").mkdir()
    assert place_of(tmp_path) == tmp_path / "postgres"
    assert not migration.is_migrated(tmp_path)
    (tmp_path / "postgres" / "migrated").write_text(migration._digest())
    assert migration.is_migrated(tmp_path)
    another = tmp_path / "another_django.py"
    another.write_text('VERSION = (5, 2, 99, "final", 0)\n')
    monkeypatch.setattr(migration, "find_spec", lambda package: ModuleSpec(package, None, origin=str(another)))
    assert not migration.is_migrated(tmp_path)
    monkeypatch.undo()
    assert migration.is_migrated(tmp_path)
    migration.forget_migrations(tmp_path)
    assert not migration.is_migrated(tmp_path)
