"""Exports of others come in: each thing once, at its own time, and nobody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import attachments_of, messages_of
from careline.domain.files.queries import content_of
from careline.domain.files.store import store
from careline.domain.history.actor import Actor, ActorKind
from careline.entrypoints.console.importers import freshdesk, zendesk
from careline.flows.bring_in import BringingIn, CannotBringIn
from careline.flows.brought import Unread
from careline.kit import db
from careline.kit import db as kit_db
from tests.entrypoints.console.importers.exports import freshdesk_json, zendesk_lines, zendesk_pages
from tests.world import NOON, World, make_world

EXPORTS = {
    "zendesk lines": (zendesk, zendesk_lines),
    "zendesk pages": (zendesk, zendesk_pages),
    "freshdesk": (freshdesk, freshdesk_json),
}
TABLES = (
    "conversations_conversation",
    "conversations_message",
    "customers_customer",
    "customers_address",
    "staff_agent",
    "staff_team",
)


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    """The numbers of cases go on where they stood before: a sequence is not undone with the rest."""
    settings.DATA = tmp_path / "data"
    store.cache_clear()
    made = make_world()
    yield made
    store.cache_clear()
    kit_db.execute("SELECT setval('case_number', %s)", [made.case])


def bring_in(source: Any, path: Path, *, most: int | None = None) -> tuple[int, list[str]]:
    """How many records were new, and what stood in the way of others."""
    state = BringingIn(source.__name__.rpartition(".")[2], by=Actor(ActorKind.SYSTEM, via="import"), at=NOON)
    new, troubles = 0, []
    for number, record in enumerate(source.read(path, source.MAPPING)):
        if number == most:
            break
        try:
            new += state.bring_in(record)
        except CannotBringIn as wrong:
            troubles.append(str(wrong))
    return new, troubles


def counts() -> dict[str, int]:
    return {table: db.value(f"SELECT count(*) FROM {table}") for table in TABLES}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_ticket_comes_in_as_it_was(name: str, world: World, tmp_path: Path) -> None:
    source, export = EXPORTS[name]
    path = tmp_path / "export"
    path.mkdir()
    bring_in(source, export(path))
    case = conversation_by_number(1207)
    assert (case.subject, case.category, case.priority, case.customer_id) == ("Chain", "resolved", 3, world.carol)
    assert (case.assignee_id, case.team_id, case.created_at) == (
        world.ada.pk,
        world.front.pk,
        datetime(2024, 5, 1, 8, tzinfo=UTC),
    )
    said = messages_of(case.id)
    assert [(m.kind, m.created_at.hour, m.author_kind) for m in said] == [
        ("incoming", 8, "customer"),
        ("reply", 10, "agent"),
        ("note", 9, "agent"),
    ]
    assert [m.visibility for m in said] == ["public", "public", "staff"]
    assert "script" not in db.value(
        "SELECT string_agg(html, '') FROM conversations_message WHERE conversation_id = %s", [case.id]
    )
    files = [file for message in said for file in attachments_of(message.id)]
    assert [content_of(file.digest) for file in files] == ([b"broken link 14"] if name != "zendesk pages" else [])
    eve = db.row("SELECT is_active FROM staff_agent WHERE email = 'eve@northwind.example'")
    assert eve.is_active is False


@pytest.mark.parametrize("name", EXPORTS)
def test_nobody_is_told_and_no_promise_begins(name: str, world: World, tmp_path: Path) -> None:
    source, export = EXPORTS[name]
    before = db.value("SELECT count(*) FROM conversations_delivery"), db.value("SELECT max(id) FROM history")
    bring_in(source, export(tmp_path))
    assert db.value("SELECT count(*) FROM conversations_delivery") == before[0]
    due = "SELECT count(*) FROM conversations_conversation WHERE number <> %s AND next_due_at IS NOT NULL"
    assert db.value(due, [world.case]) == 0
    assert db.rows("SELECT DISTINCT via FROM history WHERE id > %s", [before[1]])[0] == ("import",)
    assert db.value("SELECT count(DISTINCT via) FROM history WHERE id > %s", [before[1]]) == 1


def test_ready_texts_become_canned_replies_of_everybodys(world: World, tmp_path: Path) -> None:
    bring_in(freshdesk, freshdesk_json(tmp_path))
    (reply,) = db.rows("SELECT name, texts, owner_id, team_id FROM knowledge_cannedreply")
    text = {"text": "Dear {{customer.first_name}}", "html": "<p>Dear {{customer.first_name}}</p>"}
    assert (reply.name, reply.texts, reply.owner_id, reply.team_id) == ("Hello", {"en": text}, None, None)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_second_run_brings_nothing_twice(name: str, world: World, tmp_path: Path) -> None:
    source, export = EXPORTS[name]
    path = export(tmp_path)
    new, _ = bring_in(source, path)
    there = counts()
    assert new > 8
    assert bring_in(source, path)[0] == 0
    assert counts() == there


def test_a_run_that_was_killed_goes_on_where_it_stopped(world: World, tmp_path: Path) -> None:
    path = zendesk_lines(tmp_path)
    whole = len([one for one in zendesk.read(path, zendesk.MAPPING) if not isinstance(one, Unread)])
    first, _ = bring_in(zendesk, path, most=9)  # one of them says only why something stays out
    rest, _ = bring_in(zendesk, path)
    assert (first, first + rest) == (8, whole)
    assert [m.kind for m in messages_of(conversation_by_number(1207).id)] == ["incoming", "reply", "note"]


def test_two_desks_may_come_in_one_after_the_other(world: World, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    bring_in(zendesk, zendesk_lines(tmp_path / "a"))
    bring_in(freshdesk, freshdesk_json(tmp_path / "b"))
    assert db.value("SELECT count(*) FROM conversations_conversation WHERE subject = 'Chain'") == 2
    assert db.value("SELECT count(*) FROM staff_agent WHERE email = 'eve@northwind.example'") == 1
    assert db.value("SELECT count(*) FROM customers_address WHERE value = 'carol@example.com'") == 1
