"""Wrong use gets one sentence with the mend, no traceback, exit 2, and nothing is left running or half made."""

import os
import socket
from pathlib import Path

import pytest

from careline.entrypoints.console import migration
from careline.entrypoints.console.refusal import Refusal
from tests.entrypoints.console.test_serve import careline


def refusal(*words: str | Path, **more: str) -> str:
    answer = careline(*words, **more)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1), answer.stderr
    return answer.stderr.removeprefix("careline: ").rstrip("\n")


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refusal("serve", "--data", tmp_path / "data", "--port", str(port)) == (
            f"Cannot listen on 127.0.0.1 port {port} (Address already in use); "
            "choose another --port or --host, or stop what uses it."
        )
    assert [left.name for left in (tmp_path / "data").iterdir()] == ["in-use.lock"]


@pytest.mark.parametrize("port", ["http", "70000", "-1", "8000.5", ""])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    assert refusal("serve", "--data", tmp_path / "data", f"--port={port}") == (
        f"argument --port: {port!r} is not a port number from 0 to 65535; see `careline serve --help`."
    )


def test_an_address_that_is_not_ours(tmp_path: Path) -> None:
    assert refusal("serve", "--data", tmp_path / "data", "--host", "192.0.2.1", "--port", "0") == (
        "Cannot listen on 192.0.2.1 port 0 (Cannot assign requested address); "
        "choose another --port or --host, or stop what uses it."
    )


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert refusal("serve", "--data", tmp_path / "data") == (
        f"The data folder {tmp_path}/data is not a folder; choose another one with --data."
    )


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal("serve", "--data", tmp_path / "file" / "data") == (
        f"The data folder {tmp_path}/file/data cannot be made (File exists); choose another one with --data."
    )


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    sentence = refusal("serve", "--data", tmp_path, "--port=0", CARELINE_DATABASE_URL="postgresql://a@127.0.0.1:1/b")
    assert sentence.startswith("The database of CARELINE_DATABASE_URL does not answer (")
    assert sentence.endswith("); start it or mend the URL.")


def test_a_database_url_of_another_kind(tmp_path: Path) -> None:
    assert refusal("serve", "--data", tmp_path, "--port=0", CARELINE_DATABASE_URL="mysql://a@127.0.0.1/b") == (
        "CARELINE_DATABASE_URL must begin with postgresql://, as in postgresql://user@host/name."
    )


@pytest.mark.django_db
def test_a_server_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "OLDEST_SERVER", 99)
    with pytest.raises(Refusal, match=r"^The server .* is PostgreSQL \d+; version 99 or newer is needed"):
        migration.check_server()


def test_a_secret_key_that_is_too_short(tmp_path: Path) -> None:
    url = os.environ["CARELINE_DATABASE_URL"]
    sentence = refusal("serve", "--data", tmp_path, "--port=0", CARELINE_DATABASE_URL=url, CARELINE_SECRET_KEY="short")
    assert sentence.startswith("CARELINE_SECRET_KEY is too short")


def test_a_command_that_does_not_exist() -> None:
    assert refusal("sevre") == "There is no command 'sevre'; `careline --help` lists them."
