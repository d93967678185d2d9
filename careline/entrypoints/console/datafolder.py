"""The data folder of a command: which one, fit for use, and its database ready for Django."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careline.entrypoints.console.refusal import Refusal

DEFAULT = "careline-data"
URL = "CARELINE_DATABASE_URL"
TEST_CLOCK = "CARELINE_TEST_CLOCK"
REAL_CLOCK_MARK = "real-clock"
TEST_CLOCK_MARK = "test-clock"


def add_data_argument(parser: argparse.ArgumentParser) -> None:
    otherwise = "a cache folder" if parser.get_default("command") == "demo" else f"./{DEFAULT}"
    parser.add_argument("--data", metavar="DIR", help=f"the data folder (CARELINE_DATA, else {otherwise})")


def chosen_folder(data: str | None, *, default: Path | None = None) -> Path:
    """`--data`, else CARELINE_DATA, else `default`, else ./careline-data."""
    return Path(data or os.environ.get("CARELINE_DATA") or default or DEFAULT).expanduser().absolute()


def prepared_folder(folder: Path) -> Path:
    """Made where absent. Raises Refusal where it cannot be written."""
    # Root's database runs under another account, which must be able to pass through; what is inside stays closed.
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=mode)
            folder.chmod(mode)
    except OSError as cause:
        raise Refusal(
            f"The data folder {folder} cannot be made ({cause.strerror}); choose another one with --data."
        ) from cause
    if not folder.is_dir():
        raise Refusal(f"The data folder {folder} is not a folder; choose another one with --data.")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Refusal(f"The data folder {folder} cannot be written; start as its owner or choose another with --data.")
    return folder


def check_clock(folder: Path, *, is_test_clock: bool) -> None:
    """A folder that ever ran on real time never runs on the test clock; the folder remembers. Raises Refusal."""
    if is_test_clock and (folder / REAL_CLOCK_MARK).exists():
        raise Refusal(
            f"The data folder {folder} was used with the real clock; --test-clock needs a folder of its own, "
            "choose another with --data."
        )
    (folder / (TEST_CLOCK_MARK if is_test_clock else REAL_CLOCK_MARK)).touch()
    if not is_test_clock:
        (folder / TEST_CLOCK_MARK).unlink(missing_ok=True)


@contextmanager
def open_install(data: str | None) -> Iterator[Path]:
    """For commands that need the database, whether or not a server runs: inside, Django is set up and migrated.

    Yields the data folder. Raises Refusal.
    """
    from careline.entrypoints.console import migration
    from careline.kit.postgres import ClusterError, attach_or_start

    folder = prepared_folder(chosen_folder(data))
    os.environ["CARELINE_DATA"] = str(folder)
    if (folder / TEST_CLOCK_MARK).exists():
        os.environ[TEST_CLOCK] = "1"  # as its server, so that both see the same moment
    if os.environ.get(URL):
        set_up_django()
        migration.check_server()
        migration.migrate_where_needed(None)
        yield folder
        return
    try:
        with attach_or_start(folder, say=say) as url:
            os.environ[URL] = url
            set_up_django()
            migration.migrate_where_needed(folder)
            yield folder
            _close_connections()
    except ClusterError as error:
        raise Refusal(str(error)) from error
    finally:
        os.environ.pop(URL, None)


def holds_install(folder: Path) -> bool:
    """Whether a command has ever set up a database there; one of the company's own is asked by nobody here."""
    from careline.kit.postgres.place import place_of

    try:
        return bool(os.environ.get(URL)) or place_of(folder) is not None
    except PermissionError:
        return True  # opening it says what is wrong


@contextmanager
def open_existing(data: str | None) -> Iterator[Path]:
    """As `open_install`, for commands that need something to be there: a mistyped folder is refused, not founded."""
    folder = chosen_folder(data)
    if not holds_install(folder):
        raise Refusal(f"{folder} holds no install; name its folder with --data, or make one with `careline init`.")
    with open_install(data) as folder:
        yield folder


def set_up_django() -> None:
    """Raises Refusal where a setting is wrong."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "careline.config.settings"
    import django

    from careline.entrypoints.console.environment import check_environment

    check_environment()
    try:
        django.setup()
    except Exception as wrong:
        # What our own code raises while it reads the settings is a sentence with the mend.
        if type(wrong).__module__.startswith("careline."):
            raise Refusal(str(wrong)) from wrong
        raise


def _close_connections() -> None:
    from django.db import connections

    from careline.domain.history import wake

    wake.rest()
    connections.close_all()


def say(line: str) -> None:
    """One line for whoever watches; that nobody does is no error."""
    try:
        os.write(2, f"careline: {line}\n".encode())
    except OSError:
        return
