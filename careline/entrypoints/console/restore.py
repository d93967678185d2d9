"""`careline restore FILE`: puts a backup in place; until the new system answers, the old one stays as it is."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from careline.entrypoints.console import migration
from careline.entrypoints.console.datafolder import (
    REAL_CLOCK_MARK,
    TEST_CLOCK_MARK,
    URL,
    add_data_argument,
    chosen_folder,
    prepared_folder,
    say,
    set_up_django,
)
from careline.entrypoints.console.refusal import Refusal

if TYPE_CHECKING:
    from careline.entrypoints.console.keeping.looking import Seen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that `careline backup` wrote")
    parser.add_argument(
        "--replace", action="store_true", help="puts it in the place of what the data folder holds, which is lost"
    )
    parser.add_argument("--check", action="store_true", help="looks whether the file is whole, and changes nothing")
    add_data_argument(parser)


def run(args: argparse.Namespace) -> int:
    from careline.entrypoints.console.keeping.looking import looked_through

    path = args.file.expanduser().absolute()
    seen = looked_through(path)
    sums = seen.sums
    words = f"{sum(sums['rows'].values()):,} rows and {sums['files']:,} files of {seen.made_at[:19]} UTC"
    if args.check:
        say(f"{path} is whole: {words}, made by version {seen.install['careline']}")
        return 0
    began = time.monotonic()
    folder = prepared_folder(chosen_folder(args.data))
    with _server(folder) as url:
        _restore(seen, folder, url, is_replacing=args.replace)
        say(f"{folder} holds {words} again, after {time.monotonic() - began:.1f} s; sign in anew")
        # A large sample takes as long as all before; meanwhile the new one answers, from what plans are made of already.
        _analyse(url)
    return 0


def _restore(seen: Seen, folder: Path, url: str, *, is_replacing: bool) -> None:
    from careline.entrypoints.console.keeping import in_place
    from careline.kit.postgres import databases

    is_full = in_place.holds_a_company(url)
    if is_full and not is_replacing:
        raise Refusal(
            f"{folder} holds a company already; name an empty folder with --data, "
            "or say --replace if what it holds may go (after a `careline backup`)."
        )
    fresh, old = _names(url)
    databases.make(url, fresh)
    try:
        os.environ["CARELINE_DATA"], os.environ[URL] = str(folder), databases.beside(url, fresh)
        in_place.bring_keys_back(seen, folder)  # before a ring is made for a folder that has none
        set_up_django()
        _fill(seen, folder)
        in_place.put_files(seen, folder)
        again = in_place.replay_erasures(seen, folder)
        _close()
        databases.drop(url, old)  # of an earlier restore that was killed at its very end
        databases.put_in_place(url, fresh, old=old)
    except BaseException:
        _close()
        databases.drop(url, fresh)
        raise
    if again:
        say(f"{len(again)} who were erased since the backup was made are erased in it too")
    _after(seen, folder, url, is_full=is_full)
    in_place.take_off_the_disk(folder, [digest for gone in again for digest in gone])


def _fill(seen: Seen, folder: Path) -> None:
    from careline.entrypoints.console.keeping import restoring
    from careline.entrypoints.console.keeping.looking import check_version

    check_version(seen)
    say("the backup is whole; bringing its tables back beside those in use")
    restoring.fill(seen)


def _after(seen: Seen, folder: Path, url: str, *, is_full: bool) -> None:
    """The new one has the place: it must answer before the old one goes, else the old one comes back."""
    from careline.entrypoints.console.keeping import in_place
    from careline.kit.postgres import databases

    fresh, old = _names(url)
    if not in_place.holds_a_company(url) and seen.sums["rows"].get("company"):
        databases.put_in_place(url, old, old=fresh)
        raise Refusal("What was restored did not answer, so the old system is back in its place; please report this.")
    if is_full:
        in_place.remove_files_of_old(url, databases.beside(url, old), folder)
    databases.drop(url, old)
    migration.forget_migrations(folder)
    if not any((folder / mark).exists() for mark in (REAL_CLOCK_MARK, TEST_CLOCK_MARK)):
        (folder / (TEST_CLOCK_MARK if seen.install["is_test_clock"] else REAL_CLOCK_MARK)).touch()
    for sentence in in_place.what_cannot_be_opened(seen):
        say(sentence)


def _analyse(url: str) -> None:
    from careline.kit.postgres import databases

    databases.analyse(url)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The URL of the database in use: the one of the environment, a running server's, or one started for this."""
    from careline.kit.postgres import ClusterError, attach_or_start

    given = os.environ.get(URL)
    try:
        if given:
            yield given
        else:
            with attach_or_start(folder, say=say) as url:
                yield url
    except ClusterError as error:
        raise Refusal(str(error)) from error
    finally:
        _close()
        if given:
            os.environ[URL] = given
        else:
            os.environ.pop(URL, None)


def _names(url: str) -> tuple[str, str]:
    """What the database is called while it is filled, and what the replaced one is until it goes."""
    from careline.kit.postgres import databases

    live = databases.name_in(url)[:40]
    return f"{live}_restoring", f"{live}_replaced"


def _close() -> None:
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        from careline.domain.history import wake

        wake.rest()
        connections.close_all()
