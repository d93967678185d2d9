"""The rows that a browser fetches after an event: drawn once for all who see them alike, and never older than they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.routing.commands.offers import make_offers
from careline.entrypoints.web.inbox import shown
from careline.kit import clock, db
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "_by_stamp", {})
    monkeypatch.setattr(shown, "_rows", {})


def fresh(client: Client, number: int, view: str = "all") -> str:
    return str(client.get("/rows", {"view": view, "numbers": str(number)}).content.decode())


def drawn_now(client: Client, number: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same with nothing kept from before."""
    with monkeypatch.context() as patch:
        patch.setattr(shown, "_by_stamp", {})
        patch.setattr(shown, "_rows", {})
        return fresh(client, number)


def test_a_row_that_a_colleague_fetched_is_not_read_again(
    world: World, enter: Callable[..., Client], statements: Callable[[Callable[[], object]], int]
) -> None:
    ada, ben = enter(world.ada), enter(world.ben)
    for client in (ada, ben):
        client.get("/rows")
    first: list[str] = []
    asked = [
        statements(lambda client=client: first.append(fresh(client, world.case, "open"))) for client in (ada, ben, ada)
    ]
    assert asked[1] == asked[2] < asked[0]
    assert first[0] == first[1] == first[2] != ""


def test_what_a_colleague_fetched_stays_out_of_reach_of_others(world: World, enter: Callable[..., Client]) -> None:
    assert "Where is my bike?" in fresh(enter(world.ben), world.case)
    assert fresh(enter(world.cleo), world.case) == ""


def test_whatever_changes_on_a_row_is_seen_at_once(
    world: World, ada: Client, enter: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = conversation_by_number(world.case)
    assert case is not None
    tag = db.value("INSERT INTO conversations_tag (name) VALUES ('vip') RETURNING id")
    changes: list[tuple[str, list[Any]]] = [
        ("UPDATE conversations_conversation SET subject = 'It squeaks' WHERE id = %s", [case.id]),
        ("UPDATE conversations_conversation SET tag_ids = ARRAY[%s::bigint] WHERE id = %s", [tag, case.id]),
        ("UPDATE conversations_tag SET name = 'patron' WHERE id = %s", [tag]),
        ("UPDATE customers_customer SET name = 'Carola' WHERE id = %s", [world.carol]),
        ("UPDATE customers_customer SET name = '' WHERE id = %s", [world.carol]),
        ("UPDATE customers_address SET value = 'carola@example.com' WHERE customer_id = %s", [world.carol]),
        ("UPDATE conversations_conversation SET assignee_id = %s WHERE id = %s", [world.ben.pk, case.id]),
        ("UPDATE staff_agent SET name = 'Benedict' WHERE id = %s", [world.ben.pk]),
        ("UPDATE conversations_conversation SET priority = 4 WHERE id = %s", [case.id]),
        (
            "INSERT INTO routing_standing (conversation_id, level, name, why_due) VALUES (%s, 1, 'Experts', 'late')",
            [case.id],
        ),
    ]
    seen = [fresh(ada, world.case)]
    for sql, args in changes:
        db.execute(sql, args)
        seen.append(fresh(ada, world.case))
        assert seen[-1] == drawn_now(ada, world.case, monkeypatch) != seen[-2], sql


def test_each_sees_their_own_unread_mark(world: World, enter: Callable[..., Client]) -> None:
    ada, ben = enter(world.ada), enter(world.ben)
    assert "row open unread" in fresh(ada, world.case)
    assert "row open unread" in fresh(ben, world.case)
    ben.get(f"/conversations/{world.case}")
    assert "row open unread" in fresh(ada, world.case)
    assert "row open unread" not in fresh(ben, world.case)


def test_what_counts_seconds_is_never_kept(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    case = conversation_by_number(world.case)
    assert case is not None
    fresh(ada, world.case)
    make_offers([(case.id, world.ben.pk, world.front.pk, NOON + timedelta(seconds=95))], at=NOON)
    assert 'data-countdown="95"' in fresh(ada, world.case)
    assert [len(kept) for kept in shown._by_stamp.values()] == [1]


def test_what_changes_while_it_is_drawn_is_not_kept(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_among = shown.rows_among

    def and_then_changed(*args: Any, **named: Any) -> list[Any]:
        found = rows_among(*args, **named)
        db.execute("UPDATE conversations_conversation SET subject = 'Later' WHERE number = %s", [world.case])
        return found

    monkeypatch.setattr(shown, "rows_among", and_then_changed)
    assert "Where is my bike?" in fresh(ada, world.case)
    assert [len(kept) for kept in shown._by_stamp.values()] == [0]
    assert "Later" in fresh(ada, world.case)


def test_rows_of_the_minute_before_are_let_go(world: World, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in (0, 30, 60):
        monkeypatch.setattr(clock, "now", lambda seconds=seconds: NOON + timedelta(seconds=seconds))
        assert "Where is my bike?" in fresh(ada, world.case)
    assert [seen_by[0] for seen_by in shown._by_stamp] == [NOON + timedelta(seconds=60)]


def test_whoever_reads_no_complaints_asks_no_view_of_them(world: World, ada: Client) -> None:
    assert ada.get("/rows", {"view": "complaints", "numbers": str(world.case)}).status_code == 200
    db.execute("DELETE FROM staff_grant WHERE verb = 'complaint:read'")
    assert ada.get("/rows", {"view": "complaints", "numbers": str(world.case)}).status_code == 404
    assert ada.get("/rows", {"view": "imagined", "numbers": "1"}).status_code == 404
