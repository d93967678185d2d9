"""Who a complaint is about is told nothing of it: by no query, report, file or webhook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.complaints import (
    RegisterFilter,
    complaints,
    counts_by_cause,
    figures_by,
    figures_of,
)
from careline.domain.desk.queries.standing import standing_for
from careline.domain.desk.queries.timeline import timeline_of
from careline.domain.history.actor import agent
from careline.domain.staff.rules import Person
from careline.domain.webhooks.commands import webhooks
from careline.flows.export_complaints import export_complaints
from careline.flows.handle_complaint import change_complaint, decide_complaint, note_on_complaint
from careline.flows.queue_webhooks import queue_webhooks
from careline.flows.record_complaint import Said, record_complaint
from careline.kit import db
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_whoever_it_is_about_reads_nothing_of_it_by_any_query_or_file(world: World) -> None:
    ada, ben, by = world.person(world.ada), world.person(world.ben), agent(world.ada.pk)
    key = record_complaint(ada, world.case, Said(about=ben.id, severity="high"), by=by, at=NOON).id
    note_on_complaint(ada, key, "He shouted at her.", by=by, at=NOON)
    decide_complaint(ada, key, "upheld", reasons="She is right.", cause=None, by=by, at=NOON)
    boss = replace(ben, grants={**ada.grants})
    assert [row.id for row in complaints(ada, RegisterFilter(), at=NOON)] == [key]
    assert complaints(boss, RegisterFilter(), at=NOON) == []
    assert (figures_of(ada, RegisterFilter(), at=NOON).count, figures_of(boss, RegisterFilter(), at=NOON).count) == (
        1,
        0,
    )
    assert (
        counts_by_cause(boss, RegisterFilter(), at=NOON),
        figures_by(boss, RegisterFilter(), "severity", at=NOON),
    ) == ({}, [])
    told = {who.id: _told(who, world) for who in (ada, boss)}
    assert told == {ada.id: {"complaint.recorded", "complaint.noted", "complaint.decided"}, ben.id: set()}
    promised = {who.id: [one["kind"] for one in standing_for(who, _customer(world)).promises] for who in (ada, boss)}
    assert promised == {ada.id: ["answer", "complaint"], ben.id: ["answer"]}
    files = [b"".join(export_complaints(who, RegisterFilter(), form="csv", by=by, at=NOON)) for who in (ada, boss)]
    assert [len(file.splitlines()) for file in files] == [2, 1]
    change_complaint(ada, key, {"about": None}, by=by, at=NOON)
    assert [row.id for row in complaints(boss, RegisterFilter(), at=NOON)] == [key]


def test_webhooks_tell_nobody_of_complaints_about_themselves(world: World) -> None:
    ada, ben = world.person(world.ada), world.person(world.ben)
    for owner in (ada, ben):
        webhooks.add_webhook(
            "Ours",
            url="https://hook.example/in",
            topics=["complaint.*"],
            content="thin",
            owner_id=owner.id,
            by=agent(owner.id),
            at=NOON,
        )
    record_complaint(ada, world.case, Said(about=ben.id), by=agent(ada.id), at=NOON)
    assert queue_webhooks(happened("complaint.recorded"), at=NOON) == 1


def _told(who: Person, world: World) -> set[str]:
    return {row.name for row in timeline_of(who, _customer(world), kind="complaints")}


def _customer(world: World) -> int:
    case = conversation_by_number(world.case)
    assert case is not None and case.customer_id is not None
    return case.customer_id


def happened(*names: str) -> list[Any]:
    """As readers get it, in the order in which it happened."""
    return db.rows(
        """SELECT id, tx::text::bigint AS tx, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id,
               customer_id, data FROM history WHERE name = ANY(%s) ORDER BY id""",
        [list(names)],
    )
