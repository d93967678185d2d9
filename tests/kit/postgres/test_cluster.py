import os
import stat
from pathlib import Path

import psycopg
import pytest

from careline.kit.postgres import Cluster, FolderInUse
from careline.kit.postgres import cluster as cluster_module
from careline.kit.postgres.errors import StartFailed, WrongMajor
from tests.kit.postgres.conftest import nothing_runs_in


def answer(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def test_a_new_folder_becomes_a_database_of_unicode_in_code_point_order(open_folder: Path) -> None:
    cluster = Cluster(open_folder, fsync=False)
    url = cluster.start()
    try:
        assert answer(url, "SHOW server_version_num")[:2] == "18"
        assert answer(
            url,
            "SELECT concat_ws(' ', pg_encoding_to_char(encoding), datlocprovider, datlocale, datname)"
            " FROM pg_database WHERE datname = current_database()",
        ) == ("UTF8 b C.UTF-8 careline")
        assert answer(url, "SELECT upper('é')") == "É"
    finally:
        cluster.stop()
    assert nothing_runs_in(open_folder)
    assert cluster.status == "stopped"


def test_what_was_written_is_there_after_a_stop_and_a_start(data: Path) -> None:
    cluster = Cluster(data, fsync=False)
    answer(cluster.start(), "CREATE TABLE kept AS SELECT 1001 AS number")
    cluster.stop()
    url = cluster.start()
    assert answer(url, "SELECT number FROM kept") == 1001
    cluster.stop()


def test_only_the_owner_reaches_the_socket_and_no_network_door_is_open(cluster: Cluster) -> None:
    sockets = Path(answer(cluster.url, "SHOW unix_socket_directories").strip('"'))
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert answer(cluster.url, "SHOW listen_addresses") == ""


def test_durable_unless_it_is_thrown_away(data: Path) -> None:
    durable = Cluster(data)
    assert answer(durable.start(), "SHOW fsync") == "on"
    durable.stop()
    thrown_away = Cluster(data, fsync=False)
    assert answer(thrown_away.start(), "SHOW fsync") == "off"
    thrown_away.stop()


def test_the_second_start_on_a_folder_says_that_it_is_in_use(cluster: Cluster) -> None:
    with pytest.raises(FolderInUse) as refused:
        Cluster(cluster.folder).start()
    assert str(refused.value) == (
        f"The data folder {cluster.folder} is in use by process {os.getpid()}; stop that one or choose another folder."
    )
    assert answer(cluster.url, "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(made: Path, open_folder: Path) -> None:
    data = open_folder / ("long" * 20) / ("longer" * 10)
    data.mkdir(parents=True)
    for folder in (data, data.parent):
        folder.chmod(0o711)
    cluster = Cluster(data, fsync=False)
    sockets = Path(answer(cluster.start(), "SHOW unix_socket_directories").strip('"'))
    assert (sockets.parent, stat.S_IMODE(sockets.stat().st_mode)) == (Path("/tmp"), 0o700)
    cluster.stop()
    assert not sockets.exists()


def test_blanks_commas_and_quotes_in_the_path_do_no_harm(open_folder: Path, made: Path) -> None:
    data = open_folder / 'Ada\'s, "data" & ö%'
    _copy(made, open_folder).rename(data)
    cluster = Cluster(data, fsync=False)
    assert answer(cluster.start(), "SELECT 1") == 1
    cluster.stop()


def _copy(made: Path, open_folder: Path) -> Path:
    copy = open_folder / "copy"
    assert os.system(f"cp -a {made} {copy}") == 0
    return copy


def test_a_cluster_of_another_major_version_is_refused_and_left_alone(data: Path) -> None:
    version = data / "postgres" / "cluster" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(WrongMajor) as refused:
        Cluster(data).start()
    assert str(refused.value) == (
        f"The database in {data}/postgres/cluster was made by PostgreSQL 17 and this version brings 18; "
        "start the version that made it, take a backup there and restore it here."
    )
    assert version.read_text() == "17\n"


def test_a_start_that_fails_quotes_the_server_and_frees_the_folder(data: Path) -> None:
    with pytest.raises(StartFailed, match="unrecognized configuration parameter"):
        Cluster(data, settings={"no_such_setting": "1"}).start()
    cluster = Cluster(data, fsync=False)
    cluster.start()
    cluster.stop()


def test_a_making_that_was_cut_off_is_made_anew(open_folder: Path) -> None:
    half = open_folder / "postgres" / "cluster.making" / "base"
    half.mkdir(parents=True)
    cluster = Cluster(open_folder, fsync=False)
    assert answer(cluster.start(), "SELECT 1") == 1
    cluster.stop()


def test_variables_meant_for_other_databases_change_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "6543", "PGDATA": "/nowhere", "LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, value)
    cluster = Cluster(data, fsync=False)
    cluster.start()
    monkeypatch.delenv("PGPORT")
    assert answer(cluster.url, "SHOW timezone") == "UTC"
    cluster.stop()


def test_a_long_recovery_is_waited_for_with_a_line(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(cluster_module, "FIRST_LINE_AFTER", 0.0001)
    monkeypatch.setattr(cluster, "_say", lines.append)
    answer(cluster.url, "SET synchronous_commit = on; CREATE TABLE kept AS SELECT generate_series(1, 20000) AS number")
    os.kill(cluster.pid, 9)
    cluster._server.wait()
    cluster.start()
    assert lines[0] == "the database recovers after an unclean stop, 0 s so far; waiting"
    assert answer(cluster.url, "SELECT count(*) FROM kept") == 20000


def test_a_log_that_grew_large_is_kept_once_and_begun_anew(data: Path) -> None:
    log = data / "postgres" / "log"
    log.write_bytes(b"x" * (cluster_module.LARGEST_LOG + 1))
    cluster = Cluster(data, fsync=False)
    cluster.start()
    cluster.stop()
    assert log.with_name("log.1").stat().st_size == cluster_module.LARGEST_LOG + 1
    assert log.stat().st_size < 10_000
