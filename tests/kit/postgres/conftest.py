import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from careline.kit.postgres import Cluster
from careline.kit.postgres.account import is_open_to
from careline.kit.postgres.postmaster import living_processes
from tests.throwaway import quick_folder
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[3]
ORDINARY_UID = 1  # "daemon" or its like: every system has a name for it


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Like tmp_path, but others may pass through it, as through a data folder in /srv or /var."""
    folder = quick_folder()
    yield folder
    eventually(lambda: not any(living_processes(place) for place in folder.glob("**/cluster")))
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A data folder whose cluster was made and stopped cleanly: copied, for making one takes longer than copying."""
    folder = quick_folder()
    cluster = Cluster(folder, fsync=False)
    cluster.start()
    cluster.stop()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def data(made: Path, open_folder: Path) -> Path:
    folder = open_folder / "data"
    subprocess.run(["cp", "-a", made, folder], check=True)
    return folder


@pytest.fixture
def cluster(data: Path) -> Iterator[Cluster]:
    """Running."""
    cluster = Cluster(data, fsync=False)
    cluster.start()
    yield cluster
    cluster.stop()


def nothing_runs_in(data: Path) -> bool:
    return living_processes(data / "postgres" / "cluster") == []


def python_for(uid: int | None) -> list[str]:
    """A Python that this user may start, with our packages; skips where there is none."""
    if uid is None:
        return [sys.executable, "-c"]
    for candidate in (sys.executable, f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"):
        if Path(candidate).exists() and is_open_to(Path(candidate).resolve().parent, uid):
            return [candidate, "-B", "-c"]
    pytest.skip("no Python of this version that another user may start")


def started_script(code: str, *words: object, uid: int | None = None) -> "subprocess.Popen[str]":
    packages = [str(ROOT), *(entry for entry in sys.path if entry.endswith("site-packages"))]
    return subprocess.Popen(
        [*python_for(uid), code, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(packages)},
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
    )
