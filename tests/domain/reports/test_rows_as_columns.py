"""Rows leave as Parquet by columns that the database makes: byte for byte the file that is written row by row."""

from __future__ import annotations

import io
import random

import pytest

from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import Filter
from careline.domain.reports.queries.rows import rows_as_columns, rows_page
from careline.domain.reports.rules.rows import KINDS, OWN_FIELD, kind_of
from careline.kit import db
from careline.kit.sheets.columns import Column
from careline.kit.sheets.parquet import write_columns, write_parquet
from tests.domain.reports.histories import catch_up_in_one_transaction as catch_up
from tests.domain.reports.histories import happen, make_cases
from tests.world import NOON, make_world

pytestmark = pytest.mark.django_db
COLUMNS = [Column(key, key, kind_of(key)) for key in (*KINDS, f"{OWN_FIELD}size")]  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [4, 1000])
def test_columns_of_the_database_are_those_of_the_rows(limit: int) -> None:
    world = make_world()
    made = make_cases(9)
    happen(made, random.Random(2), steps=60)
    catch_up()
    for n, words in enumerate(("", "Grüße, 東京 😀", "تأخر الطلب", 'a "quoted"\nline\twith \\N')):
        db.execute(
            "UPDATE conversations_conversation SET subject = %s, fields = %s WHERE id = %s",
            [words, db.json({"size": words} if n % 2 else {}), made[n]],
        )
    where = conditions_of(Filter(), world.person(world.ada), at=NOON)
    keys, rows, groups, after = [one.key for one in COLUMNS], [], [], None
    for row in rows_page(where, keys, language="en", limit=1000, oldest_first=True):
        rows.append(row[:-1])
    while found := rows_as_columns(where, COLUMNS, language="en", after=after, limit=limit):
        cells, after = found
        groups.append(cells)
    by_rows, by_columns = io.BytesIO(), io.BytesIO()
    assert write_parquet(by_rows, COLUMNS, rows, group=limit) == write_columns(by_columns, COLUMNS, groups) == len(rows)
    assert (by_columns.getvalue() == by_rows.getvalue(), len(rows) > 8) == (True, True)


def test_nothing_to_export_is_no_column_at_all() -> None:
    world = make_world()
    where = conditions_of(Filter(), world.person(world.ada), at=NOON)
    assert rows_as_columns(where, COLUMNS, language="en", after=10**9, limit=10) is None
