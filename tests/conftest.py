"""Every test that asks for the database gets one in a throw-away cluster (throwaway.py)."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests import spread, throwaway  # noqa: F401  the import of the latter starts the cluster

# Whoever takes the key of one thing for that of another does not find it by chance.
APART = """SELECT setval(quote_ident(sequencename)::regclass, coalesce(last_value, 0) + 100 * row_number() OVER (ORDER BY sequencename))
           FROM pg_sequences WHERE right(sequencename, 7) = '_id_seq' OR sequencename = 'case_number'"""


def pytest_configure(config: pytest.Config) -> None:
    _tell_settings_of_the_cluster()
    _make_passwords_cheap()
    _read_static_files_once()
    _keep_statements_prepared()
    _empty_by_rows()
    if plugin := spread.plugin_for(config):
        config.pluginmanager.register(plugin)


def pytest_collection_finish() -> None:
    """Thousands of tests and all that they import stay to the end: looking through them for what is gone finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _tell_settings_of_the_cluster() -> None:
    """Where pytest-django read the settings before the cluster ran, they learn of it now."""
    from django.conf import settings
    from django.db import connections

    from careline.config.database import database_settings

    default = settings.DATABASES["default"]
    if default["ENGINE"] == "django.db.backends.dummy":
        default.clear()
        default.update(database_settings(os.environ["CARELINE_DATABASE_URL"]))
        connections.configure_settings(connections.settings)
        if hasattr(connections._connections, "default"):
            del connections["default"]


def _make_passwords_cheap() -> None:
    """The same algorithm at its smallest size; servers that tests start hash as dearly as ever."""
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher

    Hasher.time_cost, Hasher.memory_cost, Hasher.parallelism = 1, 8, 1


def _read_static_files_once() -> None:
    """Each test's client makes the middleware anew, which asks the disk for every file: they stay as they are meanwhile."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    read, known = WhiteNoiseMiddleware.add_files_from_finders, {}

    def read_once(self: WhiteNoiseMiddleware) -> None:
        if not known:
            read(self)
            known.update(self.files)
        self.files.update(known)

    WhiteNoiseMiddleware.add_files_from_finders = read_once


def _keep_statements_prepared() -> None:
    """Each test ends with a rollback, after which psycopg has PostgreSQL forget every plan, lest a table was made anew."""
    from psycopg._preparing import PrepareManager

    should_discard = PrepareManager._should_discard

    def unless_rolled_back(self: PrepareManager, prep: object, results: list[Any]) -> bool:
        return should_discard(self, prep, [one for one in results if one.command_status != b"ROLLBACK"])

    PrepareManager._should_discard = unless_rolled_back


def _empty_by_rows() -> None:
    """After a test that commits, few rows stand in few of some 250 tables: TRUNCATE would make new files for all of them.

    Without a superuser (on a server of somebody else's) foreign keys are in force, and TRUNCATE stays. Django's own
    permissions, a thousand rows that it would write anew and nothing of ours reads, are not written.
    """
    from django.core.management.commands import flush
    from django.db.backends.postgresql.operations import DatabaseOperations as Operations

    flush.emit_post_migrate_signal = lambda *args, **options: None
    truncate = Operations.sql_flush

    def delete(self: Operations, style: object, tables: list[str], **options: bool) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
            is_superuser = cursor.fetchone() == (True,)
        if not (tables and is_superuser):
            return truncate(self, style, tables, **options)
        rows = "; ".join(f"DELETE FROM {self.quote_name(table)}" for table in tables)
        return [f"SET session_replication_role = replica; {rows}; SET session_replication_role = DEFAULT"]

    Operations.sql_flush = delete


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker: DjangoDbBlocker) -> None:
    """The test database begins with the tables of a new install; where both processes of a run use one server, each has its own."""
    from django.db import connections

    from careline.entrypoints.console.first_tables import make_tables

    default = connections["default"]
    if spread.PART in os.environ:
        default.settings_dict["TEST"]["NAME"] += f"_{os.environ[spread.PART]}"
    if "CARELINE_TEST_DATABASE_URL" not in os.environ:
        with django_db_blocker.unblock():
            make_tables()
            default.close()
        default.settings_dict["TEST"]["TEMPLATE"] = default.settings_dict["NAME"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """No two tables begin to count at the same number; nobody holds on to the test database when it goes."""
    from careline.kit import db

    with django_db_blocker.unblock():
        db.execute(APART)
    yield
    from careline.domain.history import wake

    wake.rest()
