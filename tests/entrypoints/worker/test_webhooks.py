"""Happenings reach other people's programs: signed, once more after a failure, in order, and none delays another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.history.commands import Happening, move_cursor, record
from careline.domain.history.queries import cursor_of
from careline.domain.staff import commands as staff
from careline.domain.webhooks.commands import attempts, webhooks
from careline.domain.webhooks.queries import webhook_by_id
from careline.domain.webhooks.rules.payloads import event_of
from careline.domain.webhooks.rules.signatures import signature_of
from careline.entrypoints.worker.webhooks import Dispatcher, read_on
from careline.flows import deliver_webhook
from careline.flows.change import Change, change
from tests.domain.webhooks.targets import Target, answering
from tests.entrypoints.worker.telling import Moment, carol_writes, hook, log, run
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_is_told_with_ids_and_a_signature(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, secret = hook(world, there.url, "message.*")
    written = carol_writes(world, "My brakes squeak", moment.now)
    run(dispatcher())
    (asked,) = there.asked
    assert asked.headers["content-type"] == "application/json"
    stamp = int(asked.headers["webhook-timestamp"])
    assert stamp == int(moment.now.timestamp())
    assert asked.headers["webhook-signature"] == signature_of(secret, key=asked.key, timestamp=stamp, body=asked.body)
    told = asked.json
    case = conversation_by_number(written.number)
    assert (told["type"], told["timestamp"]) == ("message.received", "2026-11-20T12:01:00Z")
    assert told["data"]["subject"] == {"kind": "message", "key": str(written.message)}
    assert told["data"]["conversation"] == written.number
    assert told["data"]["customer"] == str(case.customer_id)
    assert told["data"]["links"]["message"] == f"/api/v1/conversations/{written.number}/messages/{written.message}"
    assert "brakes" not in asked.body.decode()
    assert log(key) == [("message.received", "delivered", 200, 1)]
    assert webhook_by_id(key).delivered_at == moment.now


def test_nothing_is_told_of_what_happened_before_or_was_brought_in(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url, "*")
    case = conversation_by_number(world.case)
    record(
        Happening("message.received", "message", 1, case.id), by=Actor(ActorKind.SYSTEM, via="import"), at=moment.now
    )
    run(dispatcher())
    assert (there.asked, log(key)) == ([], [])


def test_tells_only_of_cases_that_its_owner_reaches(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    of_ben, _ = hook(world, there.url, owner=world.ben)
    of_cleo, _ = hook(world, there.url, owner=world.cleo)
    carol_writes(world, "Hello Front", moment.now)
    run(dispatcher())
    assert (len(log(of_ben)), len(log(of_cleo))) == (1, 0)


def test_what_its_owner_may_see_no_more_is_dropped_and_an_owner_who_left_pauses_it(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url, owner=world.ben)
    written = carol_writes(world, "Hello Front", moment.now)
    while read_on(at=moment.now):
        pass
    change(world.person(world.ada), written.number, Change(team=world.back.pk), by=SYSTEM, at=moment.now)
    run(dispatcher())
    assert [state for _, state, _, _ in log(key)] == ["dropped"]
    change(world.person(world.ada), written.number, Change(team=world.front.pk), by=SYSTEM, at=moment.now)
    carol_writes(world, "And again", moment.on(minutes=1))
    while read_on(at=moment.now):
        pass
    staff.deactivate(world.ben, by=SYSTEM, at=moment.now)
    run(dispatcher())
    assert log(key)[1] == ("message.received", "waiting", None, 0)
    assert webhook_by_id(key).paused_for == "owner_left"
    assert there.asked == []


def test_a_worker_that_died_in_the_middle_leaves_nothing_behind(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    carol_writes(world, "Hello", moment.now)
    while read_on(at=moment.now):
        pass
    (claimed,) = deliver_webhook.claim(worker="dead", at=moment.now)
    run(dispatcher())
    assert log(key) == [("message.received", "delivered", 200, 2)]
    deliver_webhook.note_end(claimed.id, attempts.Attempt(500, "too late"), worker="dead", at=moment.now)
    assert log(key) == [("message.received", "delivered", 200, 2)]


def test_a_reader_that_died_before_its_cursor_moved_doubles_nothing(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    before = cursor_of("webhooks")
    key, _ = hook(world, there.url)
    carol_writes(world, "Hello", moment.now)
    run(dispatcher())
    move_cursor("webhooks", tx=before.tx, happening=before.happening, at=moment.now)
    run(dispatcher())
    assert (len(there.asked), len(log(key))) == (1, 1)


def test_a_ping_is_tried_once_and_also_while_paused(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    webhooks.pause_webhook(key, by=SYSTEM, at=moment.now)
    event = event_of(key=None, actor_kind="agent", actor_id=world.ada.pk, via="web", subject_kind="webhook", subject_key=key, data={},
                     case=None, customer=None)  # fmt: skip
    attempts.ping(key, event=event, at=moment.now)
    run(dispatcher())
    assert (there.names, log(key)) == (["webhook.pinged"], [("webhook.pinged", "delivered", 200, 1)])
    there.reply = answering(500)
    attempts.ping(key, event=event, at=moment.now)
    run(dispatcher())
    assert log(key)[1] == ("webhook.pinged", "failed", 500, 1)
    assert webhook_by_id(key).failing_since is None


def test_an_old_secret_signs_beside_the_new_one_for_a_day(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, old = hook(world, there.url)
    new = webhooks.renew_secret(key, by=SYSTEM, at=moment.now)
    one = dispatcher()
    carol_writes(world, "Hello", moment.now)
    run(one)
    carol_writes(world, "Hello", moment.on(days=1))
    run(one)
    made = [[signature_of(secret, key=a.key, timestamp=int(a.headers["webhook-timestamp"]), body=a.body) for secret in (new, old)]
            for a in there.asked]  # fmt: skip
    assert [a.headers["webhook-signature"].split(" ") for a in there.asked] == [made[0], made[1][:1]]


def test_the_log_is_kept_for_thirty_days(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    carol_writes(world, "Hello", moment.now)
    run(dispatcher())
    assert attempts.forget(at=moment.now + timedelta(days=30)) == 0
    assert attempts.forget(at=moment.on(days=30, seconds=1)) == 1
    assert log(key) == []
