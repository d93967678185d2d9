"""Commands that need the database work on the same folder whether or not a server runs on it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from careline.entrypoints.console import migration
from careline.entrypoints.console.main import main
from careline.kit.postgres.place import place_of
from careline.kit.postgres.postmaster import living_processes
from tests.entrypoints.console.test_serve import Server, environment
from tests.throwaway import quick_folder

COUNT_TABLES = """
import sys
from careline.entrypoints.console.datafolder import open_install
with open_install(sys.argv[1]) as folder:
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        print(folder, cursor.fetchone()[0] > 0)
"""


def run_on(data: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", COUNT_TABLES, data], capture_output=True, text=True, check=True, env=environment()
    ).stdout


@pytest.fixture
def data() -> Iterator[Path]:
    folder = quick_folder()
    yield folder / "data"
    shutil.rmtree(folder)


def test_without_a_server_the_command_brings_its_own_and_all_tables(data: Path) -> None:
    assert run_on(data) == f"{data} True\n"
    assert living_processes(data / "postgres" / "cluster") == []


def test_with_a_server_it_uses_that_ones_and_leaves_it_running(data: Path) -> None:
    server = Server(data)
    assert run_on(server.data) == f"{server.data} True\n"
    assert server.answers()
    server.process.terminate()
    server.process.communicate()
    assert server.process.returncode == 0


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
