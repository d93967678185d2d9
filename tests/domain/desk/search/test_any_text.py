"""Whatever is typed is searched for: no text is an error, to the page, to a list, to suggestions."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.queries.search.everything import results_of
from careline.domain.desk.queries.search.suggestions import suggestions_for
from careline.domain.desk.rules import Filter
from tests.world import NOON, World, make_world

LANGUAGES = ("en", "de", "zh", "xx")
OPERATORS = (
    "from:",
    "is:",
    "-is:",
    "tag:",
    "field.x:",
    "before:",
    "on:",
    "customer:",
    "number:",
    "subject:",
    "has:",
    "priority:",
    "form:",
)
SIGNS = ['"', "-", "*", " ", "'", "\\", "(", "[", "{", "|", "&", "!", "%", ":", "#", "\x00", "東京", "ß", "\ud7ff"]
PIECES = st.one_of(st.sampled_from([*OPERATORS, *SIGNS]), st.text(max_size=8))
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_can_be_asked_for(world: World, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    person = world.person(world.ben)

    assert len(results_of(text, person, at=NOON, languages=LANGUAGES).hits) <= 4
    assert len(suggestions_for(text.replace("\0", ""), person, at=NOON, languages=LANGUAGES)) <= 30
    assert len(rows_of(Filter(text=text.replace("\0", "")), person, at=NOON).rows) <= 1
