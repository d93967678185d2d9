"""A search that takes too long ends, says so, and leaves the connection as it was."""

from __future__ import annotations

from typing import Any

import pytest

from careline.domain.desk.queries.search import cases
from careline.domain.desk.queries.search.everything import results_of
from careline.kit import db
from tests.world import NOON, make_world


@pytest.mark.django_db(transaction=True)
def test_a_search_that_takes_too_long_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    person = world.person(world.ada)

    def slow(*_: Any, **__: Any) -> Any:
        return db.rows("SELECT pg_sleep(20)")

    with monkeypatch.context() as patched:
        patched.setattr(cases, "TIMEOUT_MS", 50)
        patched.setattr(cases.Search, "rows", slow)
        found = results_of("ordered", person, at=NOON, languages=("en",), type="conversation")
    assert (found.hits, found.next, found.is_cut_short) == ([], None, True)

    again = results_of("ordered", person, at=NOON, languages=("en",), type="conversation")
    assert ([hit.number for hit in again.hits], again.is_cut_short) == ([world.case], False)
    assert db.value("SHOW statement_timeout") == "0"
