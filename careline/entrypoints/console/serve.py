"""`careline serve` and `careline demo`: one supervisor over the database, the web process and the worker."""

import argparse
import contextlib
import os
import socket
import sys
import threading
from pathlib import Path

from careline.entrypoints.console.datafolder import (
    URL,
    add_data_argument,
    check_clock,
    chosen_folder,
    prepared_folder,
    say,
)
from careline.entrypoints.console.environment import check_environment
from careline.entrypoints.console.migration import is_migrated
from careline.entrypoints.console.readiness import announce
from careline.entrypoints.console.refusal import WRONG_USE, Refusal
from careline.entrypoints.smtp.listening import DoorStuck, listen_address
from careline.kit.postgres import Cluster, ClusterError, FolderLock
from careline.kit.supervision.tree import CannotStart, Command, Stopping, Tree

SECONDS_FOR_A_COMMAND_TO_LEAVE = 30
BACKLOG = 2048


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data_argument(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (8000; 0 takes any free one)")
    if parser.get_default("command") == "serve":
        parser.add_argument(
            "--test-clock", action="store_true", help="for tests and training: the clock stands still until it is set"
        )


def run(args: argparse.Namespace) -> int:
    check_environment()
    is_demo, is_test_clock = args.command == "demo", getattr(args, "test_clock", False)
    folder = prepared_folder(chosen_folder(args.data, default=_demo_folder() if is_demo else None))
    env = _environment(folder, demo=_demo_for(args.host) if is_demo else "", is_test_clock=is_test_clock)
    try:
        with FolderLock(folder) as lock:
            lock.acquire(wait=SECONDS_FOR_A_COMMAND_TO_LEAVE, say=say)
            with listening(args.host, args.port) as door, contextlib.closing(mail_door()) as mail:
                check_clock(folder, is_test_clock=is_test_clock)
                env.setdefault("CARELINE_URL", own_url(door))
                (folder / "address").write_text(env["CARELINE_URL"] + "\n")  # for links that other commands make
                return _run_tree(folder, lock, door, mail, env=env)
    except (ClusterError, CannotStart) as error:
        raise Refusal(str(error)) from error


def _run_tree(folder: Path, lock: FolderLock, door: socket.socket, mail: "MailAddress", *, env: dict[str, str]) -> int:
    tree = Tree(say=say)
    try:
        with tree.signals():
            if not env.get(URL):
                database = Database(Cluster(folder, lock=lock, say=say))
                env[URL] = database.first_start()
                tree.adopt(database)
                if not is_migrated(folder):
                    _to_the_end(Command("migrations", _own("_migrate", "--embedded"), env=env, stdout=2))
            else:
                _to_the_end(Command("migrations", _own("_migrate"), env=env, stdout=2))
            if env.get("CARELINE_DEMO"):
                _to_the_end(Command("seeding", _own("_seed"), env=env, stdout=2))
            number = door.fileno()
            tree.start(Command("web", _own("_web", f"--socket={number}"), env=env, stdout=2, pass_fds=[number]))
            worker = _own("_worker", *(f"--lmtp={fd}" for fd in mail.numbers))
            tree.start(Command("worker", worker, env=env, stdout=2, pass_fds=mail.numbers))
            ready = {"say": say, "then": tree.set_steady}
            threading.Thread(target=announce, args=[door], kwargs=ready, daemon=True).start()
            tree.run()
    except Stopping as asked:
        say(f"all stopped ({asked})")
    return 0


class Database:
    """The cluster as a part of the tree: its first start is waited for, later ones go on by themselves."""

    name = "database"

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    @property
    def pid(self) -> int | None:
        return self._cluster.pid

    def first_start(self) -> str:
        try:
            return self._cluster.start()
        except BaseException:
            self._cluster.stop()
            raise

    def start(self) -> None:
        self._cluster.begin()

    def poll(self) -> int | None:
        return self._cluster.poll()

    def stop(self) -> None:
        self._cluster.stop()


class MailAddress:
    """Where CARELINE_LMTP lets mail servers knock; none where it is not set."""

    def __init__(self, door: socket.socket | None) -> None:
        self._door = door
        self.numbers = [door.fileno()] if door else []

    def close(self) -> None:
        if self._door:
            self._door.close()


def mail_door() -> MailAddress:
    """Raises Refusal where CARELINE_LMTP is wrong or taken."""
    wanted = os.environ.get("CARELINE_LMTP", "").strip()
    if not wanted:
        return MailAddress(None)
    try:
        host, port = listen_address(wanted)
    except DoorStuck as wrong:
        raise Refusal(f"CARELINE_LMTP: {wrong}") from wrong
    door = listening(host, port, mend="write another address into CARELINE_LMTP")
    say(f"mail is taken by LMTP on {':'.join(str(word) for word in door.getsockname()[:2])}")
    return MailAddress(door)


def _to_the_end(command: Command) -> None:
    """Raises Refusal where it fails: without words where it refused and said why itself."""
    command.start()
    try:
        code = command.wait()
    finally:
        command.stop()
    if code == WRONG_USE:
        raise Refusal("")
    if code != 0:
        raise Refusal(f"{command.name} failed, so nothing was started; please report the lines above.", code=1)


def listening(host: str, port: int, *, mend: str = "choose another --port or --host") -> socket.socket:
    """The door stays open while the web process is replaced: who knocks meanwhile waits instead of being refused."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(BACKLOG)
    except (OSError, UnicodeError) as cause:
        why = getattr(cause, "strerror", None) or "no such host"
        raise Refusal(f"Cannot listen on {host} port {port} ({why}); {mend}, or stop what uses it.") from cause
    return door


def own_url(door: socket.socket) -> str:
    """Where this machine reaches us, for links, as long as no public address is set."""
    host, port = door.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  what is listened on, not a bind
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _own(part: str, *words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "careline.entrypoints.console.main", part, *words]


def _demo_for(host: str) -> str:
    """`open` where others than this machine may come, by whatever name they know it."""
    return "1" if host in ("127.0.0.1", "::1", "localhost") else "open"


def _environment(folder: Path, *, demo: str, is_test_clock: bool) -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[3])
    env = dict(os.environ) | {"CARELINE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "careline.config.settings"}
    env["PYTHONPATH"] = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    for name, value in (("CARELINE_DEMO", demo), ("CARELINE_TEST_CLOCK", "1" if is_test_clock else "")):
        env.pop(name, None)
        if value:
            env[name] = value
    return env


def _demo_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "careline" / "demo"


def _port(words: str) -> int:
    if not words.isdecimal() or int(words) > 65535:
        raise argparse.ArgumentTypeError(f"{words!r} is not a port number from 0 to 65535")
    return int(words)
