"""Counts of views: shared among people, kept, and always what a list of the same view would hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest

from careline.domain.desk.queries import counts
from careline.domain.desk.queries.cells import ALONE_FOR, MEMORY, Memory
from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.queries.counts import counts_of
from careline.domain.desk.rules import DEFAULT_VIEWS, Filter, Span
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.commands import make_months
from careline.domain.staff import commands as staff
from careline.domain.staff.rules import Person
from careline.flows.change import Change, change
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

LIVE = ("open", "waiting")
FILTERS = {view.code: view.filter for view in DEFAULT_VIEWS} | {
    "refunds": Filter(LIVE, tags=("Refund",)), "either": Filter(LIVE, tags_any=("refund", "vip")), "neither": Filter(LIVE, tags_none=("refund",)),
    "no such tag": Filter(LIVE, tags=("nowhere",)), "urgent": Filter(("open",), priorities=("high", "urgent")),
    "my teams": Filter(LIVE, teams=("mine",)), "no team": Filter(LIVE, teams=("none",)), "unread": Filter(LIVE, unread=True),
    "late": Filter(("open",), due_within=timedelta()), "old": Filter(LIVE, created=Span(beyond=timedelta(days=1))),
    "mine, urgent": Filter(LIVE, assignee="me", priorities=("urgent",)), "German": Filter(LIVE, languages=("de",)),
    "snoozed too": Filter(LIVE, also_snoozed=True, also_spam=True), "bikes": Filter(text="bike"), "by status": Filter(LIVE, statuses=("open",)),
}  # fmt: skip


@pytest.fixture
def crowd(db: None) -> World:
    """Ninety cases of every kind."""
    world = make_world()
    for n in range(90):
        writes_in(f"Bike {n}", text="A bell", mailbox=world.mailbox, sender=f"c{n % 7}@example.com")
    shuffle(world, seed=1)
    return world


def shuffle(world: World, *, seed: int) -> None:
    dice = random.Random(seed)
    db.execute("INSERT INTO conversations_tag (name) VALUES ('refund'), ('vip') ON CONFLICT DO NOTHING")
    tags = [row.id for row in db.rows("SELECT id FROM conversations_tag ORDER BY id")]
    statuses = {row.category: row.id for row in db.rows("SELECT id, category FROM conversations_status")}
    people = [world.ada.pk, world.ben.pk, world.cleo.pk, None, None]
    for case in db.rows("SELECT id FROM conversations_conversation ORDER BY id"):
        category = dice.choice(("open", "open", "waiting", "resolved"))
        db.execute(
            """UPDATE conversations_conversation SET category = %s, status_id = %s, team_id = %s, assignee_id = %s, tag_ids = %s,
                   priority = %s, is_spam = %s, snoozed_until = %s, follower_ids = %s, mentioned_ids = %s, restricted_to = %s,
                   language = %s, created_at = %s, next_due_at = %s WHERE id = %s""",
            [category, statuses[category], dice.choice((world.front.pk, world.back.pk, None)), dice.choice(people),
             dice.sample(tags, dice.randint(0, 2)), dice.randint(1, 4), dice.random() < 0.1,
             dice.choice((None, None, None, NOON + timedelta(hours=1), NOON - timedelta(hours=1))),
             [p for p in people[:3] if dice.random() < 0.15], [p for p in people[:3] if dice.random() < 0.1],
             dice.choice((None, None, None, None, [dice.choice(people[:3])])), dice.choice(("en", "de")),
             NOON - timedelta(days=dice.randint(0, 3)), NOON + timedelta(hours=dice.randint(-3, 5)), case.id],
        )  # fmt: skip


def people_of(world: World) -> list[Person]:
    supervisor = staff.add_agent(
        "eve@northwind.example", name="Eve", role="supervisor", by=SYSTEM, at=NOON, team_ids=(world.back.pk,)
    )
    recruiter = staff.add_agent("rob@northwind.example", name="Rob", role="recruiter", by=SYSTEM, at=NOON)
    both = staff.add_agent("dan@northwind.example", name="Dan", role="representative", by=SYSTEM, at=NOON,
                           team_ids=(world.front.pk, world.back.pk))  # fmt: skip
    return [world.person(who) for who in (world.ada, world.ben, world.cleo, supervisor, both, recruiter)]


def listed(person: Person) -> dict[str, int]:
    found = {}
    for code, wanted in FILTERS.items():
        where, params = conditions_of(wanted, person, at=NOON)
        found[code] = db.value(f"SELECT count(*) FROM conversations_conversation c WHERE {where}", params)
    return found


def test_everybodys_counts_are_what_their_lists_hold(crowd: World) -> None:
    for person in people_of(crowd):
        assert counts_of(FILTERS, person, at=NOON) == listed(person), person.name


def test_what_one_asked_is_the_same_for_the_next(crowd: World) -> None:
    memory, people = Memory(), people_of(crowd)
    for _ in range(2):
        for person in people:
            asked = counts._Asked(person, counts.reach_of(person, "conversation:read"), NOON, FILTERS)
            assert counts._counted(FILTERS, asked, memory) == listed(person), person.name


def test_a_count_stops_at_a_thousand(crowd: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MOST_COUNTED", 5)
    found = counts_of(FILTERS, crowd.person(crowd.ada), at=NOON)
    assert (found["open"], found["all"], found["resolved"], found["no such tag"]) == (5, 5, 5, 0)


@pytest.fixture
def forgetful() -> Iterator[None]:
    MEMORY.forget()
    yield
    MEMORY.forget()


@pytest.mark.django_db(transaction=True)
def test_kept_counts_follow_what_happens(forgetful: None) -> None:
    make_months(NOON)
    world = make_world()
    for n in range(6):
        writes_in(f"Bike {n}", text="A bell", mailbox=world.mailbox, sender=f"c{n}@example.com")
    people = [world.person(who) for who in (world.ada, world.ben, world.cleo)]
    ada, by = people[0], agent(world.ada.pk)
    at = NOON

    def all_right() -> None:
        nonlocal at
        at += ALONE_FOR
        for person in people:
            assert counts_of(FILTERS, person, at=at) == listed(person), person.name

    all_right()
    for wanted in (
        Change(team=world.back.pk), Change(assignee=world.cleo.pk), Change(assignee=world.ben.pk, team=None), Change(tag="refund"),
        Change(priority="urgent"), Change(team=world.front.pk), Change(is_spam=True),
    ):  # fmt: skip
        change(ada, world.case, wanted, by=by, at=at)
        all_right()
    writes_in("One more", text="A bell", mailbox=world.mailbox, sender="zoe@example.com", at=at)
    all_right()
