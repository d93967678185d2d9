"""The import contracts hold, and each of them can fail: one bad import is planted for each in a small empty house."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

ROOMS = [
    "config", "entrypoints/console", "entrypoints/web", "entrypoints/worker", "automation/rules", "automation/bot", "flows", "kit",
    "domain/desk", "domain/sla", "domain/routing", "domain/conversations/commands", "domain/channels",
    "domain/customers", "domain/staff", "domain/company", "domain/history", "domain/files",
]  # fmt: skip
FILES = ["domain/staff/models.py", "domain/staff/commands.py", "domain/conversations/commands/cases.py", "kit/clock.py"]

# contract · where the bad import stands · what it imports
BREAKS = [
    ("Floors", "flows/receive.py", "careline.entrypoints.web"),
    ("Floors", "domain/staff/queries.py", "careline.flows"),
    ("Shelves", "domain/channels/models.py", "careline.domain.customers"),
    ("Shelves", "domain/company/models.py", "careline.domain.staff"),
    ("Shelves", "domain/sla/commands.py", "careline.domain.routing"),
    ("Shelves", "domain/conversations/queries.py", "careline.domain.desk"),
    ("Entry points do not", "entrypoints/web/cases.py", "careline.entrypoints.worker"),
    ("Rules and bot", "automation/bot/answer.py", "careline.automation.rules"),
    ("Settings", "entrypoints/web/cases.py", "careline.config"),
    ("Entry points, automation and flows", "flows/receive.py", "careline.domain.staff.models"),
    ("What others may forbid", "entrypoints/web/cases.py", "careline.domain.conversations.commands.cases"),
    ("Inside a package", "domain/staff/models.py", "careline.domain.staff.commands"),
    ("Rules are pure", "domain/staff/rules.py", "django.db"),
    ("The kit", "kit/money.py", "careline.domain.staff"),
    ("Who and when", "domain/staff/commands.py", "careline.kit.clock"),
]


def test_the_house_keeps_its_contracts() -> None:
    result = _lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_no_contract_has_an_exception() -> None:
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text("utf-8")


def test_an_empty_house_keeps_all_contracts(house: Path) -> None:
    result = _lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "place", "imported"), BREAKS)
def test_a_bad_import_breaks_its_contract(house: Path, contract: str, place: str, imported: str) -> None:
    (house / "careline" / place).write_text(f"import {imported}\n")
    assert any(line.startswith(contract) for line in _broken(house))


def test_a_circle_breaks_its_contract(house: Path) -> None:
    for one, other in (("money", "paging"), ("paging", "money")):
        (house / f"careline/kit/{one}.py").write_text(f"import careline.kit.{other}\n")
    assert _broken(house) == ["No circles"]


def test_a_room_on_no_shelf_breaks_the_contract(house: Path) -> None:
    _make(house / "careline/domain/gossip/__init__.py")
    assert _broken(house) == ["Shelves of the domain: down only, and neighbours never call each other"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for room in ROOMS:
        folder = tmp_path / "careline" / room
        while folder != tmp_path:
            _make(folder / "__init__.py")
            folder = folder.parent
    for name in FILES:
        _make(tmp_path / "careline" / name)
    return tmp_path


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _broken(house: Path) -> list[str]:
    lines = [line.strip() for line in _lint(house).stdout.splitlines()]
    return [line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")]


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", ROOT / ".importlinter"]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "200", "PATH": "/usr/bin:/bin"},
    )
