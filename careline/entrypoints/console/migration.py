"""Bringing the database to this version's tables, and skipping that where nothing has changed since the last start."""

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from careline.entrypoints.console.refusal import Refusal
from careline.kit.postgres.place import place_of

OLDEST_SERVER = 15
_PACKAGE = Path(__file__).resolve().parents[2]
_MARK = "migrated"


def is_migrated(folder: Path) -> bool:
    """Whether the embedded database of this folder was migrated by exactly these migrations.

    The mark lies beside the cluster, so it goes where the cluster goes; whoever replaces the tables removes it
    by `forget_migrations`.
    """
    place = place_of(folder)
    mark = place / _MARK if place else None
    return mark is not None and mark.exists() and mark.read_text() == _digest()


def forget_migrations(folder: Path) -> None:
    """The next start migrates, whatever was noted."""
    place = place_of(folder)
    if place is not None:
        (place / _MARK).unlink(missing_ok=True)


def migrate_where_needed(folder: Path | None) -> None:
    """Django must be set up. `folder` is None for a server of others, whose tables are never taken for granted."""
    if folder is not None and is_migrated(folder):
        return
    from careline.entrypoints.console.keeping.before_upgrade import backed_up_before_upgrade, way_back

    with _one_at_a_time():
        if folder is not None and is_migrated(folder):
            return
        backup = backed_up_before_upgrade(Path(os.environ["CARELINE_DATA"]))
        try:
            _migrate(folder)
        except Exception as error:  # a migration in Python may fail in any way
            raise Refusal(
                f"The database's tables could not be brought to this version ({_first_line(error)}); "
                f"{way_back(backup)}; please report this."
            ) from error


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A server that starts and a command that attaches to it may both find work to do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('careline migrations'))")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('careline migrations'))")


def _migrate(folder: Path | None) -> None:
    from django.core.management import call_command

    from careline.entrypoints.console.first_tables import make_tables

    gc.disable()  # states of all models are made anew for each step and thrown away at the end: a quarter of the time
    try:
        if not make_tables():
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.enable()
    place = place_of(folder) if folder else None
    if place is not None:
        (place / _MARK).write_text(_digest())


def check_server() -> None:
    """Raises Refusal where the server of CARELINE_DATABASE_URL does not answer or is too old. Django must be set up."""
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
        found = connection.connection.info.server_version
    except DatabaseError as error:
        raise Refusal(
            f"The database of CARELINE_DATABASE_URL does not answer ({_first_line(error)}); start it or mend the URL."
        ) from error
    if found < OLDEST_SERVER * 10000:
        raise Refusal(
            f"The server of CARELINE_DATABASE_URL is PostgreSQL {found // 10000}; "
            f"version {OLDEST_SERVER} or newer is needed, or leave the URL out to use the embedded one."
        )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _digest() -> str:
    """Of everything that decides about tables, our migrations, the list of apps, Django's own; and what rights the roles come with."""
    django = find_spec(
        "django"
    )  # whose version stands in its first file; to ask `importlib.metadata` takes 3 MB for good
    digest = hashlib.sha256(Path(django.origin).read_bytes() if django and django.origin else b"")
    more = (_PACKAGE / "config" / "settings.py", _PACKAGE / "domain" / "staff" / "rules.py")
    for file in sorted([*_PACKAGE.glob("**/migrations/**/*"), *more]):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(_PACKAGE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
