"""However the newest hits are looked for, the same are found: what may be left out is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from careline.domain.desk.queries.search import ways
from careline.domain.desk.queries.search.asked import asked_of
from careline.domain.desk.queries.search.cases import messages_found
from careline.kit import db
from tests.lasting import lasting
from tests.world import NOON, World, make_world, writes_in

AT = NOON + timedelta(days=30)
WORDS = ("bell", "frame", "chain")


@pytest.fixture
def world(forty_cases: World, db: None) -> World:
    return forty_cases


@pytest.fixture(scope="module")
def forty_cases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Forty cases with up to three mails each, in no order of time; every third of them is Back's."""
    with lasting(django_db_blocker):
        yield _forty_cases()


def _forty_cases() -> World:
    found, dice = make_world(), random.Random(3)
    for n in range(40):
        for m in range(dice.randint(1, 3)):
            at = NOON + timedelta(hours=dice.randint(0, 200), minutes=n, seconds=m)
            writes_in(f"Case {n}", text=dice.choice(WORDS), mailbox=found.mailbox, sender=f"{n}.{m}@example.com", at=at)
    _touch(found)
    return found


def _touch(found: World) -> None:
    """Some cases changed long after their last message, others went to another team."""
    db.execute(
        "UPDATE conversations_conversation SET updated_at = updated_at + interval '9 days' WHERE mod(number, 4) = 0"
    )
    db.execute("UPDATE conversations_conversation SET team_id = %s WHERE mod(number, 3) = 0", [found.back.pk])
    db.execute("ANALYZE conversations_message")
    db.execute("ANALYZE conversations_conversation")


@pytest.fixture(
    params=["all", "stretch", "last changed", "named all", "named stretch", "named last changed", "too many"]
)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Nothing is few, first looks are short, and one way is the cheapest wherever it can be taken."""
    monkeypatch.setattr(ways, "FEW_HITS", -1)
    monkeypatch.setattr(ways, "_LEAST_CASES", 2)
    monkeypatch.setattr(ways, "_LEAST_MESSAGES", 3)
    monkeypatch.setattr(ways, "ENOUGH", 0.1)
    first, _, then = (
        str(request.param).partition(" ") if "named" in request.param else (request.param, "", request.param)
    )
    if request.param == "too many":
        first, then = "named", "stretch"
        monkeypatch.setattr(ways, "MOST_CASES", 10)
        monkeypatch.setattr(ways, "_expected_cases", lambda *_: 5.0)
    monkeypatch.setattr(ways, "_cheapest", lambda costs: next(name for name in (first, then, *costs) if name in costs))
    return str(request.param)


def pages(world: World, who: Any, text: str, *, limit: int = 4) -> list[int]:
    """Keys of messages, page after page."""
    asked, found, after = asked_of(text, world.person(who), at=AT, languages=("en",)), [], None
    while True:
        page = messages_found(asked, world.person(who), after=after, limit=limit)
        found += page.keys
        if page.next is None:
            return found
        after = page.next


def expected(world: World, word: str, teams: list[int]) -> list[int]:
    """The newest message with the word of each case of the teams, the newest first."""
    rows = db.rows(
        """SELECT m.id, m.conversation_id FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
           WHERE m.text = %s AND c.team_id = ANY(%s) ORDER BY m.created_at DESC, m.id DESC""",
        [word, teams],
    )
    return _first_of_each(rows)


def _first_of_each(rows: list[Any]) -> list[int]:
    found: dict[int, int] = {}
    for row in rows:
        found.setdefault(row.conversation_id, row.id)
    return list(found.values())


@pytest.mark.parametrize("word", WORDS)
def test_every_way_finds_the_same(world: World, way: str, word: str) -> None:
    everybody = [world.front.pk, world.back.pk]

    assert pages(world, world.ada, word) == expected(world, word, everybody)
    assert pages(world, world.ben, word) == expected(world, word, [world.front.pk])
    assert pages(world, world.cleo, word) == expected(world, word, [world.back.pk])


def test_every_way_keeps_to_the_days_asked_for(world: World, way: str) -> None:
    day = (NOON + timedelta(days=4)).date().isoformat()
    before, after = (pages(world, world.ada, f"bell {name}:{day}", limit=50) for name in ("before", "after"))
    rows = db.rows("SELECT id, created_at < %s::timestamptz AS is_before, conversation_id FROM conversations_message WHERE text = 'bell' "
                   "ORDER BY created_at DESC, id DESC", [f"{day}T00:00:00Z"])  # fmt: skip

    assert before == _first_of_each([row for row in rows if row.is_before])
    assert after == _first_of_each([row for row in rows if not row.is_before])
