"""A new install gets its tables in one statement, and they are those that the migrations make."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from careline.entrypoints.console.first_tables import TABLES, head_of, is_fit, known_migrations, make_tables
from careline.entrypoints.console.first_tables.dumping import dumped

ROOT = Path(__file__).resolve().parents[3]


def test_the_tables_written_down_are_those_of_todays_migrations() -> None:
    assert head_of(TABLES.read_text()) == known_migrations(), "Run bin/first-tables.sh and commit what it writes."


def test_a_migration_that_was_changed_is_noticed() -> None:
    kept = TABLES.read_text()
    changed = re.sub(r"^(-- company\.0001_initial) \w+$", r"\1 0000000000000000", kept, count=1, flags=re.MULTILINE)
    assert (is_fit(kept), is_fit(changed), is_fit("")) == (True, False, False)


@pytest.mark.django_db
def test_a_database_that_holds_something_is_left_to_the_migrations() -> None:
    tables = connection.introspection.table_names()
    assert (make_tables(), connection.introspection.table_names()) == (False, tables)


def test_no_row_of_a_company_stands_in_what_a_new_install_gets() -> None:
    filled = re.findall(r"^INSERT INTO public\.(\w+)", TABLES.read_text(), flags=re.MULTILINE)
    assert filled == ["django_migrations"]


@pytest.mark.full
def test_migrations_one_by_one_make_the_same_tables(tmp_path: Path) -> None:
    asked = "import sys; from careline.entrypoints.console.first_tables.dumping import written_down; sys.stdout.write(written_down())"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert told == TABLES.read_text()


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.skipif("CARELINE_TEST_DATABASE_URL" in os.environ, reason="pg_dump of the embedded server")
def test_laying_them_gives_what_was_written_down() -> None:
    """The database that ours was copied from; PostgreSQL writes other brackets round conditions it has read once more."""
    laid, kept = dumped(os.environ["CARELINE_DATABASE_URL"]), TABLES.read_text().split("\n\n", 1)[1]
    assert re.sub("[()]", "", laid) == re.sub("[()]", "", kept)
