import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.postgres.conftest import ORDINARY_UID, started_script
from tests.throwaway import quick_folder

SERVE = """
import sys
from careline.entrypoints.console.main import main
sys.exit(main(["serve", "--data", sys.argv[1], "--port", "0"]))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    folder = quick_folder()
    os.chown(folder, ORDINARY_UID, ORDINARY_UID)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can change users; who is none runs all the other tests as himself"
)
def test_an_ordinary_user_serves_from_a_folder_that_is_closed_to_others(home: Path) -> None:
    server = started_script(SERVE, home / "data", uid=ORDINARY_UID)
    lines = []
    for line in server.stdout:
        lines.append(line)
        if line.startswith("ready "):
            break
    server.terminate()
    rest = server.communicate()[0].splitlines()
    assert (server.returncode, rest[-1]) == (0, "careline: all stopped (SIGTERM)"), lines
    owners = {inner.stat().st_uid for inner in [home / "data", *(home / "data").iterdir()]}
    assert owners == {ORDINARY_UID}
    assert (home / "data").stat().st_mode & 0o777 == 0o700
