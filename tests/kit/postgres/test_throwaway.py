import os
from pathlib import Path

import pytest
from django.db import connection

from careline.kit.postgres import FolderLock
from tests.throwaway import sweep_killed_runs


@pytest.mark.django_db
def test_tests_run_in_their_own_database_of_the_throw_away_cluster() -> None:
    assert connection.settings_dict["NAME"] == "careline_test"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version_num')::int >= 150000")
        assert cursor.fetchone() == ("careline", True)


def test_only_what_a_killed_run_left_behind_is_swept(tmp_path: Path) -> None:
    killed, running, young = (tmp_path / f"careline-throwaway-{name}" for name in ("killed", "running", "young"))
    for folder in (killed, running, young):
        (folder / "postgres").mkdir(parents=True)
    lock = FolderLock(running)
    lock.acquire()
    for folder in (killed, running):
        os.utime(folder, (0, 0))
    sweep_killed_runs(tmp_path)
    lock.release()
    assert sorted(tmp_path.iterdir()) == [running, young]
