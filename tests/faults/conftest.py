"""A founded company to copy, so that each test may wreck its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.install import ROOT, Install, environment
from tests.sinks import SmtpSink
from tests.throwaway import quick_folder


@dataclass(frozen=True)
class Founded:
    data: Path
    token: str


@pytest.fixture(scope="session")
def founded() -> Iterator[Founded]:
    folder = quick_folder()
    command = [sys.executable, "-m", "tests.faults.company", folder / "data"]
    made = subprocess.run(command, capture_output=True, text=True, env=environment(), cwd=ROOT, check=False)
    assert made.returncode == 0, made.stderr
    (folder / "data" / "real-clock").unlink(missing_ok=True)
    yield Founded(folder / "data", made.stdout.strip())
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with SmtpSink() as listening:
        yield listening


@pytest.fixture
def install(founded: Founded, sink: SmtpSink) -> Iterator[Callable[..., Install]]:
    """Makes an installation that is not started yet; all that were made are stopped and removed at the end."""
    way_out = f"smtp://127.0.0.1:{sink.port}?tls=none&timeout=5&answer_timeout=2"
    yield from _installs(founded, CARELINE_SMTP_URL=way_out)


@pytest.fixture(scope="module")
def module_install(founded: Founded) -> Iterator[Callable[..., Install]]:
    yield from _installs(founded)


def _installs(founded: Founded, **usual: str) -> Iterator[Callable[..., Install]]:
    folders: list[Path] = []
    made: list[Install] = []

    def make(folder: Path | None = None, **settings: str) -> Install:
        folders.append(folder or quick_folder())
        subprocess.run(["cp", "-a", founded.data, folders[-1] / "data"], check=True)
        made.append(Install(folders[-1] / "data", founded.token, **(usual | settings)))
        return made[-1]

    yield make
    for running in made:
        if running.process is not None and running.process.poll() is None:
            running.process.kill()
            running.process.communicate()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
