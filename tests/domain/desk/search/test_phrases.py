"""Words in their order are looked for in the newest messages that hold them all, each text once, as long as a searcher waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from careline.domain.desk.queries.search import cases, ways
from careline.domain.desk.queries.search.asked import asked_of
from careline.domain.desk.queries.search.cases import Found, messages_found
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

AT = NOON + timedelta(days=30)
CASES = 20


@pytest.fixture
def world(db: None) -> World:
    """Twenty cases, an hour between them; of every fourth the words stand in the order that is asked for."""
    found = make_world()
    for n in range(CASES):
        text = "a red bell, please" if n % 4 == 0 else "a bell in red, please"
        at = NOON + timedelta(hours=n)
        writes_in(f"Case {n}", text=text, mailbox=found.mailbox, sender=f"{n}@example.com", at=at)
    return found


def found(world: World, text: str, *, limit: int = 20) -> Found:
    asked = asked_of(text, world.person(world.ada), at=AT, languages=("en",))
    return messages_found(asked, world.person(world.ada), after=None, limit=limit)


def subjects(keys: list[int]) -> list[str]:
    rows = db.rows("SELECT id, subject FROM conversations_message WHERE id = ANY(%s)", [keys])
    named = {row.id: row.subject for row in rows}
    return [named[key] for key in keys]


@pytest.fixture
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is few, and the first look goes three messages back."""
    for name, value in {"FEW_HITS": -1, "_LEAST_MESSAGES": 3, "ENOUGH": 0.001, "_LARGER": 2}.items():
        monkeypatch.setattr(ways, name, value)
    monkeypatch.setattr(ways, "_sizes", lambda: (float(CASES * 5), float(CASES)))
    monkeypatch.setattr(ways, "_cheapest", lambda costs: "stretch")
    monkeypatch.setattr(cases, "_AT_ONCE", 2)


def test_finds_the_words_in_their_order_the_newest_first(world: World) -> None:
    assert subjects(found(world, '"red bell"').keys) == ["Case 16", "Case 12", "Case 8", "Case 4", "Case 0"]
    assert subjects(found(world, 'bell -"red bell"', limit=3).keys) == ["Case 19", "Case 18", "Case 17"]


def test_looks_further_back_until_there_are_enough(world: World, short_looks: None) -> None:
    assert subjects(found(world, '"red bell"').keys) == ["Case 16", "Case 12", "Case 8", "Case 4", "Case 0"]


def test_reads_each_text_once(world: World, short_looks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    look_into = cases.Search._look_into

    def noted(search: Any, keys: list[int]) -> None:
        read.extend(keys)
        look_into(search, keys)

    monkeypatch.setattr(cases.Search, "_look_into", noted)

    found(world, '"red bell"')

    assert len(read) == CASES
    assert len(set(read)) == CASES


def test_looks_into_no_more_than_so_many(world: World, short_looks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST_FOR_PHRASES", 10)

    assert subjects(found(world, '"red bell"').keys) == ["Case 16", "Case 12"]


@pytest.mark.django_db(transaction=True)
def test_what_was_found_when_the_time_is_up_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    for n in range(4):
        writes_in(f"Case {n}", text="a red bell", mailbox=world.mailbox, sender=f"{n}@example.com",
                  at=NOON + timedelta(hours=n))  # fmt: skip
    monkeypatch.setattr(cases, "_AT_ONCE", 1)
    look_into, looked = cases.Search._look_into, list[int]()

    def slow(search: Any, keys: list[int]) -> None:
        looked.extend(keys)
        if len(looked) > 2:
            db.rows("SELECT pg_sleep(20)")
        look_into(search, keys)

    monkeypatch.setattr(cases.Search, "_look_into", slow)
    monkeypatch.setattr(cases, "TIMEOUT_MS", 300)

    cut = found(world, '"red bell"')

    assert (subjects(cut.keys), cut.next, cut.is_cut_short) == (["Case 3", "Case 2"], None, True)
