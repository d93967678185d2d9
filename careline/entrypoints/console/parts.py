"""The parts of `careline serve`, each run in a process of its own by the supervisor (serve.py)."""

import argparse
import gc
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from careline.entrypoints.console.datafolder import set_up_django
from careline.kit.supervision.children import watch_parent

SECONDS_TO_FINISH = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    if parser.get_default("command") == "_web":
        parser.add_argument("--socket", type=int, required=True, help="the listening socket's file number")
    if parser.get_default("command") == "_worker":
        parser.add_argument("--lmtp", type=int, help="the file number of the socket that mail servers knock at")
    if parser.get_default("command") == "_migrate":
        parser.add_argument("--embedded", action="store_true")


def run(args: argparse.Namespace) -> int:
    watch_parent(then=lambda: os._exit(1))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careline.config.settings")
    return int(_PARTS[args.command](args))


def _migrate(args: argparse.Namespace) -> int:
    from careline.entrypoints.console import migration

    set_up_django()
    if not args.embedded:
        migration.check_server()
    migration.migrate_where_needed(Path(os.environ["CARELINE_DATA"]) if args.embedded else None)
    from careline.domain.staff.commands import ensure_roles

    ensure_roles()  # a newer version may bring verbs without any new table
    return 0


def _seed(args: argparse.Namespace) -> int:
    """`demo.seed()` fills an empty install and leaves a full one alone."""
    set_up_django()
    import_module("careline.entrypoints.console.demo").seed()
    (Path(os.environ["CARELINE_DATA"]) / "demo").touch()  # doctor asks no backup of it
    return 0


def _web(args: argparse.Namespace) -> int:
    import uvicorn

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """uvicorn's own raises the signal again after its shutdown, which would kill us before our clean-up."""
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self.handle_exit)
            yield

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """What is there by now stays for good: no later round of the garbage collector looks at it again."""
            await super().startup(sockets)
            gc.collect()
            gc.freeze()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            """Live streams never end by themselves: with a browser open, every stop would wait for them in vain."""
            import_module("careline.config.asgi").end_streams()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        "careline.config.asgi:application",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        timeout_keep_alive=75,
    )
    # Not as uvicorn's `fd`, which takes every socket for a Unix one: answers would then wait for Nagle's algorithm.
    Server(config).run(sockets=[socket.socket(fileno=args.socket)])
    return 0


def _worker(args: argparse.Namespace) -> int:
    set_up_django()
    from careline.entrypoints.api.described import described
    from careline.entrypoints.smtp.door import MailDoor
    from careline.entrypoints.worker import main
    from careline.kit.spool import Spool

    spool = Spool(Path(os.environ["CARELINE_DATA"]) / "spool")
    # The mail server in front has decided whom it brings, so every recipient is taken; who is nobody's is Unrouted.
    doors = [
        MailDoor(spool, protocol="lmtp", accepts=lambda address: True, listening=socket.socket(fileno=number))
        for number in filter(None, [args.lmtp])
    ]
    return main.run(doors, describe=described)


_PARTS = {"_migrate": _migrate, "_seed": _seed, "_web": _web, "_worker": _worker}
