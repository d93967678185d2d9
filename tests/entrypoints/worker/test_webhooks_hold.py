"""What an agent may still undo is told to nobody outside; what they undid, never."""

from __future__ import annotations

from collections.abc import Callable

from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.history.actor import agent
from careline.entrypoints.worker.webhooks import Dispatcher
from careline.flows.bulk_change import ask_for_bulk_change, carry_on, end_bulk_change
from careline.flows.change import Change, change
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from careline.flows.take_back import take_back
from careline.flows.undo import undo
from tests.domain.webhooks.targets import Target
from tests.entrypoints.worker.telling import Moment, carol_writes, hook, log, run
from tests.world import World

Make = Callable[[], Dispatcher]
TAGGED = "conversation.tagged"


def tags(world: World, *names: str, at: object) -> None:
    change(world.person(world.ben), world.case, Change(tags=names), by=agent(world.ben.pk), at=at)  # type: ignore[arg-type]


def names(webhook: int) -> list[tuple[str, str]]:
    return [(name, state) for name, state, _, _ in log(webhook)]


def test_a_change_is_told_once_it_can_not_be_undone_any_more(
    transactional_db: None, world: World, there: Target, moment: Moment, dispatcher: Make
) -> None:
    key, _ = hook(world, there.url, "conversation.*")
    tags(world, "refund", at=moment.now)
    moment.on(seconds=12)
    run(dispatcher())
    assert names(key) == [(TAGGED, "waiting")]
    moment.on(seconds=2)
    run(dispatcher())
    assert names(key) == [(TAGGED, "delivered")]


def test_what_was_undone_never_leaves_and_neither_does_the_undoing(
    transactional_db: None, world: World, there: Target, moment: Moment, dispatcher: Make
) -> None:
    key, _ = hook(world, there.url, "conversation.*")
    ben = world.person(world.ben)
    for act in (
        lambda: resolve(ben, world.case, by=agent(ben.id), at=moment.now),
        lambda: change(ben, world.case, Change(assignee=ben.id, tags=("refund",)), by=agent(ben.id), at=moment.now),
    ):
        act()
        run(dispatcher())
        undo(ben, world.case, by=agent(ben.id), at=moment.on(seconds=5))
        moment.on(seconds=30)
        run(dispatcher())
    assert {state for _, state in names(key)} == {"dropped"}
    assert there.asked == []


def test_only_the_last_of_two_changes_is_taken_back(
    transactional_db: None, world: World, there: Target, moment: Moment, dispatcher: Make
) -> None:
    key, _ = hook(world, there.url, "conversation.*")
    ben = world.person(world.ben)
    tags(world, "refund", at=moment.now)
    resolve(ben, world.case, by=agent(ben.id), at=moment.on(seconds=3))
    undo(ben, world.case, by=agent(ben.id), at=moment.on(seconds=3))
    moment.on(seconds=30)
    run(dispatcher())
    assert names(key) == [
        (TAGGED, "delivered"),
        ("conversation.resolved", "dropped"),
        ("conversation.reopened", "dropped"),
    ]


def test_an_answer_that_was_taken_back_was_never_heard_of(
    transactional_db: None, world: World, there: Target, moment: Moment, dispatcher: Make
) -> None:
    key, _ = hook(world, there.url, "conversation.*", "message.*")
    ben = world.person(world.ben)
    sent = reply(ben, world.case, Draft(text="It leaves today."), by=agent(ben.id), at=moment.now)
    run(dispatcher())
    take_back(ben, world.case, sent.message, by=agent(ben.id), at=moment.on(seconds=5))
    moment.on(seconds=30)
    run(dispatcher())
    assert {state for _, state in names(key)} == {"dropped"}


def test_what_a_customer_writes_waits_for_no_hold(
    transactional_db: None, world: World, there: Target, moment: Moment, dispatcher: Make
) -> None:
    key, _ = hook(world, there.url, "conversation.tagged", "message.received")
    tags(world, "refund", at=moment.now)
    carol_writes(world, "Hello", moment.now)
    run(dispatcher())
    assert names(key) == [(TAGGED, "waiting"), ("message.received", "delivered")]


def test_an_undo_that_comes_when_it_has_left_is_told(
    transactional_db: None, world: World, there: Target, moment: Moment, dispatcher: Make
) -> None:
    key, _ = hook(world, there.url, "conversation.*")
    ben = world.person(world.ben)
    bulk = ask_for_bulk_change(ben, [world.case], BulkWish(priority=4), by=agent(ben.id), at=moment.now)
    works_off(moment)
    moment.on(seconds=20)
    run(dispatcher())
    end_bulk_change(ben, bulk, by=agent(ben.id), at=moment.on(minutes=1))
    works_off(moment)
    moment.on(seconds=20)
    run(dispatcher())
    assert names(key) == [("conversation.prioritised", "delivered")] * 2


def works_off(moment: Moment) -> None:
    while carry_on(at=moment.now):
        pass
