"""One real server, and what becomes of it when its parts die: `careline serve` in a process of its own."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careline.kit.postgres.postmaster import living_processes
from tests.throwaway import quick_folder
from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[3]
CARELINE = (sys.executable, "-m", "careline.entrypoints.console.main")


def environment(**more: str) -> dict[str, str]:
    """Ours without settings of Careline's; compiled code is kept, or each of these processes would compile Django anew."""
    left_out = ("CARELINE_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return ours | {"PYTHONPATH": str(ROOT)} | more


def careline(*words: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*CARELINE, *map(str, words)],
        capture_output=True,
        text=True,
        env=environment(**more),
        check=False,
    )


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


class Server:
    def __init__(self, data: Path, *words: str, **more: str) -> None:
        self.data = data
        self.log = data.with_suffix(".log")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "careline.entrypoints.console.main",
                    "serve",
                    "--data",
                    data,
                    "--port",
                    "0",
                    *words,
                ],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=environment(**more),
            )
        self.ready = self.process.stdout.readline()
        assert self.ready, self.log.read_text()
        self.port = int(self.ready.rsplit(":", 1)[1])

    def pid_of(self, part: str) -> int:
        """Of the part's latest start."""
        return int(re.findall(rf"^careline: {part} (?:runs|started) \(process (\d+)\)", self.log.read_text(), re.M)[-1])

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/api/v1/health")
            return connection.getresponse().status != 503
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def parts(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = quick_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    running = Server(home / "data")
    yield running
    running.process.terminate()
    running.process.communicate()


@pytest.fixture
def short_lived(server: Server, home: Path) -> Iterator[Callable[..., Server]]:
    """Servers on a folder of their own; `server` comes first so that the code is warm."""
    started: list[Server] = []

    def start(*words: str, **more: str) -> Server:
        started.append(Server(home / "second", *words, **more))
        return started[-1]

    yield start
    for running in started:
        running.process.kill()
        running.process.wait()
        running.process.stdout.close()


def test_says_once_that_it_is_ready_and_answers_then(server: Server) -> None:
    assert re.fullmatch(r"ready http://127\.0\.0\.1:\d+\n", server.ready)
    assert server.answers()


def test_the_second_server_on_the_folder_is_refused_in_one_sentence(server: Server) -> None:
    second = careline("serve", "--data", server.data, "--port", str(server.port))
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"careline: The data folder {server.data} is in use by process {server.process.pid}; "
        "stop that one or choose another folder.\n"
    )
    assert server.answers()


@pytest.mark.parametrize("part", ["worker", "database"])
def test_a_part_that_is_killed_comes_back_and_the_server_answers(server: Server, part: str) -> None:
    killed = server.pid_of(part)
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: server.pid_of(part) != killed)
    assert eventually(server.answers)
    assert is_alive(server.pid_of(part))


def test_who_knocks_while_the_web_process_is_replaced_waits_for_an_answer(server: Server) -> None:
    killed = server.pid_of("web")
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: not is_alive(killed))
    assert server.answers()
    assert server.pid_of("web") != killed
    assert is_alive(server.pid_of("web"))


def test_sigterm_stops_all_cleanly_whatever_browser_is_open_and_says_nothing_more_on_stdout(
    short_lived: Callable[..., Server],
) -> None:
    server = short_lived()
    founded = careline(
        "init", "--data", server.data, "--no-input", "--company=Northwind", "--admin=ada@northwind.example"
    )
    cookies = urllib.request.HTTPCookieProcessor()
    browser = urllib.request.build_opener(cookies)
    link = f"http://127.0.0.1:{server.port}{urllib.parse.urlsplit(founded.stdout.strip()).path}"
    form = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', browser.open(link).read())
    browser.open(link, data=b"csrfmiddlewaretoken=" + form[1])
    parts = server.parts()
    with browser.open(f"http://127.0.0.1:{server.port}/live", timeout=20) as stream:
        assert stream.readline() == b"retry: 1000\n"
        server.process.terminate()
        assert server.process.communicate()[0] == ""
    assert server.process.returncode == 0
    assert [pid for pid in parts if is_alive(pid)] == []
    assert not (server.data / "postgres" / "cluster" / "postmaster.pid").exists()
    assert [line.split(" (")[0] for line in server.log.read_text().splitlines()[-4:]] == [
        f"careline: {line}" for line in ("worker stopped", "web stopped", "database stopped", "all stopped")
    ]
    assert "Traceback" not in server.log.read_text()


def test_killing_the_supervisor_leaves_nothing_running_and_the_next_start_works(
    short_lived: Callable[..., Server],
) -> None:
    server = short_lived()
    parts = server.parts()
    assert len(parts) == 3
    server.process.kill()
    assert eventually(lambda: not any(map(is_alive, parts)))
    assert eventually(lambda: living_processes(server.data / "postgres" / "cluster") == [])
    assert short_lived().answers()


@pytest.mark.parametrize("line", ["database runs", "web started"])
def test_a_sigterm_in_the_middle_of_the_start_leaves_nothing_running(home: Path, line: str) -> None:
    data = home / "cut-off"
    process = subprocess.Popen(
        [*CARELINE, "serve", "--data", data, "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment()
    )
    for said in process.stderr:
        if line in said:
            process.terminate()
            break
    assert process.communicate()[1].splitlines()[-1] == "careline: all stopped (SIGTERM)"
    assert process.returncode == 0
    assert living_processes(data / "postgres" / "cluster") == []


def test_a_command_uses_the_database_of_the_server_and_leaves_it_running(server: Server) -> None:
    assert run_on(server.data) == f"{server.data} True\n"
    assert server.answers()


def test_a_folder_that_knew_real_time_never_runs_on_the_test_clock(server: Server, home: Path) -> None:
    (home / "real").mkdir()
    (home / "real" / "real-clock").touch()
    refused = careline("serve", "--data", home / "real", "--port", "0", "--test-clock")
    assert (refused.returncode, refused.stderr) == (
        2,
        f"careline: The data folder {home}/real was used with the real clock; --test-clock needs a folder of its own, "
        "choose another with --data.\n",
    )
    assert (server.data / "real-clock").exists()
