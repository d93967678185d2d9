"""The scripts behind `make`: they do what is missing, nothing twice, and say plainly what they cannot do."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

FAKE_PYTHON = """#!/bin/sh
case "$*" in *"pip install"*) echo "$*" >>calls ;; *version_info*) echo 3.11 ;; esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the real scripts, small locks, and a Python in .venv that only notes what it is asked for."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    (tmp_path / "requirements").mkdir()
    for name in ("build", "runtime", "dev"):
        (tmp_path / f"requirements/{name}.txt").write_text(f"{name}\n")
    (tmp_path / "pyproject.toml").touch()
    for name in ("python", "pip", "careline"):
        tool = tmp_path / ".venv/bin" / name
        tool.parent.mkdir(parents=True, exist_ok=True)
        tool.write_text(FAKE_PYTHON)
        tool.chmod(0o755)
    return tmp_path


def test_setup_installs_locked_packages_and_then_the_project(checkout: Path) -> None:
    assert _set_up(checkout, "runtime") == 3
    calls = (checkout / "calls").read_text().splitlines()
    assert [call.split("--no-input ")[1] for call in calls] == [
        "--require-hashes -r requirements/build.txt",
        "--require-hashes -r requirements/runtime.txt",
        "--no-deps --no-build-isolation --editable .",
    ]


def test_setup_does_nothing_twice(checkout: Path) -> None:
    assert _set_up(checkout, "dev") == 3
    assert _set_up(checkout, "dev") == 0
    assert _set_up(checkout, "runtime") == 0


def test_a_changed_lock_is_set_up_again(checkout: Path) -> None:
    _set_up(checkout, "runtime")
    (checkout / "requirements/runtime.txt").write_text("newer\n")
    assert _set_up(checkout, "runtime") == 3


def test_an_unfit_python_is_refused_in_one_sentence() -> None:
    result = _run(ROOT, "bin/find-python.sh", environment={"PATH": "/usr/bin:/bin", "PYTHON": "/bin/false"})
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "PYTHON=/bin/false is not a Python of version 3.11 or newer" in result.stderr


@pytest.mark.skipif(Path("/usr/sbin/chromium").exists(), reason="this system keeps all programs in one folder")
def test_a_machine_without_apt_is_told_what_to_install(tmp_path: Path) -> None:
    for tool in ("sh", "dirname", "id"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    result = _run(ROOT, "bin/system-packages.sh", environment={"PATH": str(tmp_path)})
    assert result.returncode == 2
    assert result.stderr.startswith("careline: the tests need Chromium and Dovecot's IMAP server; install")
    assert "chromium" in result.stderr.split(":")[-1]


def _set_up(checkout: Path, wanted: str) -> int:
    """How many times pip was asked to install."""
    (checkout / "calls").write_text("")
    result = _run(checkout, "bin/setup.sh", wanted, environment={"PATH": "/usr/bin:/bin"})
    assert result.returncode == 0, result.stderr
    return len((checkout / "calls").read_text().splitlines())


def _run(folder: Path, *command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
