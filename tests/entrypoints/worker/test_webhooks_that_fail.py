"""Targets that hang, redirect, break off or answer 500 for a day: nothing is lost, and none delays another."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.webhooks.commands import attempts, webhooks
from careline.domain.webhooks.queries import deliveries_page, earliest_due, webhook_by_id
from careline.entrypoints.worker.webhooks import Dispatcher
from careline.flows import deliver_webhook
from careline.flows.change import Change, change
from careline.kit import db
from tests.domain.webhooks.targets import Asked, Target, answering, hanging, target
from tests.entrypoints.worker.telling import Moment, carol_writes, hook, log, run
from tests.world import NOON, World

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_target_that_answers_500_for_a_day_gets_all_afterwards_in_order(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    there.reply = answering(500, b"our database is down")
    one = dispatcher()
    sent = [carol_writes(world, f"Question {n}", moment.now + timedelta(seconds=n)) for n in range(3)]
    moment.on(seconds=10)
    run(one)
    midnight = moment.now + timedelta(days=1)
    while moment.now < midnight:
        moment.now = max(moment.now, earliest_due() or midnight)
        run(one)
    assert {(state, status) for _, state, status, _ in log(key)} == {("waiting", 500)}
    assert 24 < len(there.asked) < 40, "it is tried about once an hour"
    assert deliveries_page(key, limit=1)[0].answer == "our database is down"
    assert webhook_by_id(key).failing_since == NOON + timedelta(minutes=1, seconds=10)
    assert webhook_by_id(key).paused_at is None
    there.reply, there.asked[:] = answering(), []
    moment.on(hours=1)
    run(one)
    assert sorted(a.json["data"]["subject"]["key"] for a in there.asked) == sorted(str(s.message) for s in sent)
    assert {(state, status) for _, state, status, _ in log(key)} == {("delivered", 200)}
    assert webhook_by_id(key).failing_since is None


def test_after_three_days_it_is_paused_with_its_reason_and_loses_nothing(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    there.reply = answering(500)
    one = dispatcher()
    carol_writes(world, "Question", moment.now)
    run(one)
    while (due := earliest_due()) is not None:
        moment.now = max(moment.now, due)
        run(one)
    assert (webhook_by_id(key).paused_for, log(key)[0][1]) == ("failing", "waiting")
    assert moment.now - NOON < timedelta(days=5)
    assert db.value("SELECT count(*) FROM history WHERE name = 'webhook.paused' AND subject_key = %s", [key]) == 1
    tried = len(there.asked)
    carol_writes(world, "While it is paused", moment.on(hours=1))
    run(one)
    assert len(there.asked) == tried
    there.reply = answering()
    webhooks.resume_webhook(key, owner_id=world.ada.pk, by=SYSTEM, at=moment.on(hours=1))
    run(one)
    assert [state for _, state, _, _ in log(key)] == ["delivered", "delivered"]
    assert len({asked.key for asked in there.asked}) == 2


def test_the_news_of_one_case_keep_their_order_over_a_failure(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    hook(world, there.url, "conversation.*")

    def reply(asked: Asked, to: Any) -> None:
        answering(500 if len(there.asked) == 1 else 200)(asked, to)

    there.reply = reply
    ada = world.person(world.ada)
    change(ada, world.case, Change(priority="high"), by=agent(ada.id), at=moment.now)
    change(ada, world.case, Change(priority="urgent"), by=agent(ada.id), at=moment.on(seconds=1))
    one = dispatcher()
    run(one)
    moment.on(seconds=60)
    run(one)
    moment.on(seconds=60)
    run(one)
    stamps = [asked.json["timestamp"] for asked in there.asked]
    assert stamps == ["2026-11-20T12:01:00Z", "2026-11-20T12:01:00Z", "2026-11-20T12:01:01Z"]
    assert there.asked[0].key == there.asked[1].key


def test_one_delivery_that_is_refused_again_and_again_holds_up_no_other_case(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    bad = carol_writes(world, "This breaks their program", moment.now)

    def reply(asked: Asked, to: Any) -> None:
        poison = asked.json["data"]["subject"]["key"] == str(bad.message)
        (answering(400) if poison else answering())(asked, to)

    there.reply = reply
    one = dispatcher()
    for n in range(30):
        carol_writes(world, f"Another {n}", moment.on(minutes=1))
        run(one)
    moment.on(minutes=2)
    run(one)
    assert [state for _, state, _, _ in log(key)[1:]] == ["delivered"] * 30
    assert log(key)[0][1:3] == ("waiting", 400)
    assert log(key)[0][3] <= 4, "news of others do not wear its own attempts out"


def test_a_delivery_that_never_succeeds_fails_is_shown_and_can_be_replayed(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    bad = carol_writes(world, "Bad", moment.now)
    fine = answering()
    there.reply = lambda asked, to: (answering(400) if asked.json["data"]["subject"]["key"] == str(bad.message) else fine)(asked, to)  # fmt: skip
    one = dispatcher()
    for n in range(200):
        if log(key) and log(key)[0][1] == "failed":
            break
        carol_writes(world, f"Fine {n}", moment.on(hours=1))
        run(one)
    assert log(key)[0] == ("message.received", "failed", 400, 10)
    there.reply, there.asked[:] = fine, []
    assert attempts.replay(key, by=SYSTEM, at=moment.now) == 1
    run(one)
    assert log(key)[0] == ("message.received", "delivered", 200, 1)
    (again,) = there.asked
    assert again.json["data"]["subject"]["key"] == str(bad.message)


def test_a_slow_target_delays_no_other(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver_webhook, "SECONDS", 1.0)
    with target() as slow:
        slow.reply = hanging(slow)
        slow_key, _ = hook(world, slow.url)
        key, _ = hook(world, there.url)
        for n in range(6):
            carol_writes(world, f"Question {n}", moment.now + timedelta(seconds=n))
        moment.on(seconds=10)
        one = dispatcher()
        began = time.monotonic()
        run(one, until=lambda: [state for _, state, _, _ in log(key)] == ["delivered"] * 6)
        assert time.monotonic() - began < 1.0
        run(one)
        assert {status for _, _, status, _ in log(slow_key)} == {None}
        words = {d.words for d in deliveries_page(slow_key, limit=10) if d.attempts}
        assert words == {"It did not answer within 1 s."}
        slow.over.set()


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (answering(302, Location="http://127.0.0.1:1/inside"), "It answered 302: redirects are not followed. Give the address that it leads to."),
        (answering(404), "It answered 404."),
        (lambda asked, to: to.wfile.write(b"this is no HTTP\r\n\r\n"), "It could not be reached: RemoteProtocolError"),
        (lambda asked, to: to.connection.close(), "It could not be reached: "),
    ],
    ids=["redirects", "is not found", "speaks something else", "hangs up"],
)  # fmt: skip
def test_a_target_that(
    reply: Any, words: str, world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    there.reply = reply
    carol_writes(world, "Hello", moment.now)
    run(dispatcher())
    (delivery,) = deliveries_page(key, limit=9)
    assert (delivery.state, delivery.attempts, delivery.words[: len(words)]) == ("waiting", 1, words)
    assert delivery.due_at == moment.now + timedelta(seconds=5)


def test_a_good_status_counts_also_where_the_answer_breaks_off_and_only_its_beginning_is_kept(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    def breaks_off(asked: Asked, to: Any) -> None:
        to.send_response(200)
        to.send_header("Content-Length", "1000000")
        to.end_headers()
        to.wfile.write(b"x\x00" * 4000)
        to.wfile.flush()

    key, _ = hook(world, there.url)
    there.reply = breaks_off
    carol_writes(world, "Hello", moment.now)
    run(dispatcher())
    (delivery,) = deliveries_page(key, limit=9)
    assert (delivery.state, len(delivery.answer), delivery.answer[:2]) == ("delivered", 1000, "x\ufffd")


def test_a_private_address_is_refused_also_behind_a_name(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher], settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = []
    plain, _ = hook(world, there.url)
    named, _ = hook(world, there.url.replace("127.0.0.1", "localhost"))
    carol_writes(world, "Hello", moment.now)
    run(dispatcher())
    for key in (plain, named):
        assert deliveries_page(key, limit=1)[0].words == "It lies in a private network."
    assert there.asked == []


def test_gone_pauses_at_once_and_retry_after_is_kept_to(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    key, _ = hook(world, there.url)
    there.reply = answering(429, Retry_After="7200")
    one = dispatcher()
    carol_writes(world, "Hello", moment.now)
    run(one)
    assert webhook_by_id(key).rest_until == moment.now + timedelta(hours=2)
    moment.on(hours=1)
    run(one)
    assert len(there.asked) == 1
    there.reply = answering(410)
    moment.on(hours=2)
    run(one)
    assert (len(there.asked), webhook_by_id(key).paused_for) == (2, "gone")
