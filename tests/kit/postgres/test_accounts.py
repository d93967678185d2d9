"""Who runs the database, and where it lies then."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from careline.kit.postgres import Cluster, account, place
from careline.kit.postgres.binaries import Binaries, copied_binaries, installed_binaries
from careline.kit.postgres.place import place_of
from tests.kit.postgres.conftest import ORDINARY_UID, started_script

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can change users")

START = """
import sys, pathlib, psycopg
from careline.kit.postgres import Cluster, ClusterError
cluster = Cluster(pathlib.Path(sys.argv[1]), fsync=False)
try:
    print(psycopg.connect(cluster.start()).execute("SELECT 1001").fetchone()[0])
except ClusterError as error:
    print(error)
finally:
    cluster.stop()
"""


@as_root
def test_root_runs_the_database_as_a_number_that_nobody_has(cluster: Cluster) -> None:
    assert Path(f"/proc/{cluster.pid}").stat().st_uid == account.FIRST_FREE_UID
    assert (cluster.folder / "postgres").stat().st_uid == account.FIRST_FREE_UID
    assert not account.has_name(account.FIRST_FREE_UID)


@as_root
def test_a_number_that_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    taken = {account.FIRST_FREE_UID, account.FIRST_FREE_UID + 1}
    monkeypatch.setattr(account, "has_name", lambda uid: uid in taken)
    assert account.account_for(tmp_path) == account.FIRST_FREE_UID + 2


@as_root
def test_an_ordinary_user_runs_it_as_himself_and_root_follows_him(open_folder: Path) -> None:
    data = open_folder / "ada"
    data.mkdir()
    os.chown(data, ORDINARY_UID, ORDINARY_UID)
    assert started_script(START, data, uid=ORDINARY_UID).communicate()[0] == "1001\n"
    for left in (data / "in-use.lock", data / "postgres" / "log"):
        left.unlink()
    cluster = Cluster(data, fsync=False)
    cluster.start()
    assert Path(f"/proc/{cluster.pid}").stat().st_uid == ORDINARY_UID
    cluster.stop()
    assert started_script(START, data, uid=ORDINARY_UID).communicate()[0] == "1001\n"


@as_root
def test_a_folder_of_another_user_is_refused_in_one_sentence(data: Path) -> None:
    output = started_script(START, data, uid=ORDINARY_UID).communicate()[0]
    assert output == (
        f"The data folder {data} cannot be written (Permission denied); start as its owner or choose another folder.\n"
    )


@as_root
def test_below_a_closed_folder_cluster_and_binaries_lie_elsewhere_and_no_mode_changes(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, state = open_folder / "root", open_folder / "var" / "careline"
    data = home / "careline-data"
    data.mkdir(parents=True)
    home.chmod(0o700)
    (open_folder / "var").mkdir(mode=0o755)
    monkeypatch.setattr(place, "STATE", state)
    monkeypatch.setattr(place, "installed_binaries", lambda: _closed_binaries(home))
    before = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in (open_folder, home, data)}

    cluster = Cluster(data, fsync=False)
    with psycopg.connect(cluster.start()) as connection:
        assert connection.execute("SELECT 1001").fetchone() == (1001,)
    program = Path(f"/proc/{cluster.pid}/exe").resolve()
    cluster.stop()

    where = Path((data / "postgres-place").read_text().strip())
    assert (where, where.parent) == (place_of(data), state)
    assert stat.S_IMODE(state.stat().st_mode) == 0o711
    assert (stat.S_IMODE(where.stat().st_mode), where.stat().st_uid) == (0o700, account.FIRST_FREE_UID)
    assert program.is_relative_to(where / "binaries")
    assert {folder: stat.S_IMODE(folder.stat().st_mode) for folder in before} == before

    again = Cluster(data, fsync=False)
    again.start()
    again.stop()
    assert place_of(data) == where


def _closed_binaries(home: Path) -> Binaries:
    copies = home / "environment"
    copies.mkdir(exist_ok=True)
    return copied_binaries(installed_binaries(), to=copies)


@as_root
def test_a_pointer_to_a_place_that_is_gone_never_makes_an_empty_database(open_folder: Path) -> None:
    (open_folder / "postgres-place").write_text(f"{open_folder}/gone\n")
    with pytest.raises(place.ClusterError) as refused:
        Cluster(open_folder).start()
    assert str(refused.value) == (
        f"The database of {open_folder} should lie in {open_folder}/gone, which is gone; restore a backup."
    )
