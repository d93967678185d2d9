"""The tree runs in a process of its own, as it needs a main thread and signals; it tells on stderr what it does."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careline.kit.supervision import tree as tree_module
from careline.kit.supervision.children import spawn
from careline.kit.supervision.tree import CannotStart, Command, Tree

ROOT = Path(__file__).resolve().parents[2]
TREE = """
import os, signal, sys
from careline.kit.supervision.tree import CannotStart, Command, Stopping, Tree

def say(line):
    os.write(1, line.encode() + b'\\n')

def command(name, code, patience=10.0):
    return Command(name, [sys.executable, "-c", code], env=dict(os.environ), patience=patience)

# One write for each line: several processes share the pipe.
QUIET = r"import os, signal; os.write(1, b'up\\n'); signal.pause()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + QUIET
PARENT = r"import os, subprocess; os.write(1, b'child %d\\n' % subprocess.Popen(['sleep', '60']).pid); " + QUIET
tree = Tree(say=say)
try:
    with tree.signals():
        {parts}
        tree.run()
except Stopping as asked:
    say(f"ended by {{asked}}")
except CannotStart as error:
    say(str(error))
"""


class Running:
    def __init__(self, parts: str) -> None:
        code = TREE.format(parts=textwrap.indent(textwrap.dedent(parts).strip(), " " * 8).strip())
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONPATH=str(ROOT))
        )
        self.lines: list[str] = []

    def read(self, pattern: str) -> "re.Match[str]":
        """The next line that matches; those before it are kept too."""
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"no line {pattern!r} in {self.lines}")

    def rest(self) -> list[str]:
        return self.process.communicate()[0].splitlines()


@pytest.fixture
def run() -> Iterator[Callable[[str], Running]]:
    started: list[Running] = []

    def start(parts: str) -> Running:
        started.append(Running(parts))
        return started[-1]

    yield start
    for running in started:
        running.process.kill()
        running.process.wait()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid: int, *, within: float = 10.0) -> bool:
    until = time.monotonic() + within
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_alive(pid)


def test_a_part_that_dies_is_started_again_at_once_and_said(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('web', QUIET))")
    first = int(tree.read(r"web started \(process (\d+)\)")[1])
    tree.read("up")
    os.kill(first, signal.SIGKILL)
    tree.read(r"^web died \(SIGKILL\); starting it again at once$")
    assert int(tree.read(r"web started \(process (\d+)\)")[1]) != first


def test_the_others_live_on_when_one_dies(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('web', QUIET)); tree.start(command('worker', QUIET))")
    web = int(tree.read(r"web started \(process (\d+)\)")[1])
    worker = int(tree.read(r"worker started \(process (\d+)\)")[1])
    os.kill(worker, signal.SIGKILL)
    tree.read("worker started")
    assert is_alive(web)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_all_in_reverse_order(run: Callable[[str], Running], number: signal.Signals) -> None:
    tree = run("tree.start(command('database', QUIET)); tree.start(command('web', QUIET))")
    tree.read("up")
    tree.read("up")
    tree.process.send_signal(number)
    stopped = [line.split(" (")[0] for line in tree.rest()]
    assert stopped == ["web stopped", "database stopped", f"ended by {number.name}"]
    assert tree.process.returncode == 0


def test_a_second_signal_does_not_cut_the_stop_short(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('web', DEAF, patience=1.0))")
    tree.read("up")
    for _ in range(3):
        tree.process.send_signal(signal.SIGTERM)
    assert [line.split(" (")[0] for line in tree.rest()] == ["web stopped", "ended by SIGTERM"]


def test_who_does_not_listen_is_killed_after_the_patience(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('web', DEAF, patience=0.2))")
    web = int(tree.read(r"web started \(process (\d+)\)")[1])
    tree.read("up")
    tree.process.terminate()
    tree.rest()
    assert not is_alive(web)


def test_killing_the_supervisor_leaves_no_part_behind(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('web', DEAF)); tree.start(command('worker', QUIET))")
    parts = [int(tree.read(r"started \(process (\d+)\)")[1]) for _ in range(2)]
    tree.process.kill()
    assert [ends(pid) for pid in parts] == [True, True]


def test_the_children_of_a_part_end_with_it(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('worker', PARENT))")
    worker = int(tree.read(r"worker started \(process (\d+)\)")[1])
    child = int(tree.read(r"child (\d+)")[1])
    os.kill(worker, signal.SIGKILL)
    tree.read("worker started")
    assert ends(child)


def test_a_part_that_never_comes_up_is_given_up_with_a_sentence(run: Callable[[str], Running]) -> None:
    tree = run("tree.start(command('web', 'raise SystemExit(3)'))")
    assert tree.read("does not start").string == "web does not start (exit 3); its own lines above say why.\n"
    assert tree.process.wait() == 0
    assert sum("web started" in line for line in tree.lines) == 3


class Failing:
    """A part that dies as soon as it is started."""

    name = "worker"
    pid = 0

    def __init__(self) -> None:
        self.starts = 0

    def start(self) -> None:
        self.starts += 1

    def poll(self) -> int:
        return 1

    def stop(self) -> None: ...


def test_once_steady_it_tries_for_ever_but_ever_more_rarely() -> None:
    lines: list[str] = []
    tree, part = Tree(say=lines.append), Failing()
    tree.set_steady()
    tree.start(part)
    watched = tree._watched[0]
    for _ in range(17):
        watched.again_at = watched.again_at and 0.0
        tree._look_after(watched)
    pauses = [line.split("again ")[1] for line in lines if "died" in line]
    assert pauses == ["at once", *(f"in {seconds} s" for seconds in ("0.25", "0.5", "1", "2", "4", "4", "4", "4"))]


def test_who_lived_for_a_while_comes_back_at_once_however_often_it_died_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tree_module, "STEADY_AFTER", 0.0)
    lines: list[str] = []
    tree = Tree(say=lines.append)
    tree.start(Failing())
    for _ in range(5):
        tree._look_after(tree._watched[0])
    assert [line for line in lines if "died" in line] == ["worker died (exit 1); starting it again at once"] * 5


def test_before_it_is_steady_the_third_death_gives_up() -> None:
    tree, part = Tree(say=lambda line: None), Failing()
    tree.start(part)
    tree._sleep = lambda seconds: None
    with pytest.raises(CannotStart):
        tree.run()
    assert part.starts == 3


def test_a_command_runs_as_the_user_it_was_given() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can change users")
    child = spawn(["sh", "-c", "id -u; id -g; id -G"], uid=59432, stdout=subprocess.PIPE)
    assert child.communicate()[0] == b"59432\n59432\n59432\n"


def test_a_command_in_the_tree_has_a_group_of_its_own() -> None:
    command = Command("web", ["sleep", "60"], env={"PATH": os.environ["PATH"]})
    command.start()
    assert os.getpgid(command.pid) == command.pid
    command.stop()
    assert command.poll() == -signal.SIGTERM
