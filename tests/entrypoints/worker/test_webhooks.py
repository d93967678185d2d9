"""Happenings reach other people's programs: signed, once more after a failure, in order, and none delays another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, Actor, ActorKind, agent
from careline.domain.history.commands import Happening, move_cursor, record
from careline.domain.history.queries import cursor_of, newest_cursor
from careline.domain.staff import commands as staff
from careline.domain.webhooks.commands import attempts, webhooks
from careline.domain.webhooks.queries import deliveries_page, webhook_by_id
from careline.domain.webhooks.rules.payloads import event_of
from careline.domain.webhooks.rules.signatures import signature_of
from careline.entrypoints.worker.webhooks import Dispatcher, read_on
from careline.flows import deliver_webhook
from careline.flows.change import Change, change
from careline.kit import clock, db
from tests.domain.webhooks.targets import Asked, Target, answering, hanging, target
from tests.world import NOON, World, make_world, writes_in

pytestmark = pytest.mark.django_db(transaction=True)


class Moment:
    """The test's own clock."""

    def __init__(self) -> None:
        self.now = NOON + timedelta(minutes=1)

    def on(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    moment = Moment()
    monkeypatch.setattr(clock, "now", lambda: moment.now)
    return moment


@pytest.fixture
def world(settings: Any) -> World:
    """History outlives a test, so reading begins where this one does."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    made, end = make_world(), newest_cursor()
    move_cursor("webhooks", tx=end.tx, happening=end.happening, at=NOON)
    return made


@pytest.fixture
def there() -> Iterator[Target]:
    with target() as one:
        yield one


@pytest.fixture
def dispatcher() -> Iterator[Callable[[], Dispatcher]]:
    stop = threading.Event()
    stop.set()
    yield lambda: Dispatcher("worker", stop)


def hook(world: World, to: str, *topics: str, owner: Any = None, content: str = "thin") -> tuple[int, str]:
    owner = owner or world.ada
    return webhooks.add_webhook(
        "Shop", url=to, topics=topics or ("message.*",), owner_id=owner.pk, content=content, by=agent(owner.pk), at=NOON + timedelta(seconds=1)
    )  # fmt: skip


def carol_writes(world: World, words: str, at: datetime) -> Any:
    return writes_in(words, text=words, mailbox=world.mailbox, at=at)


def run(one: Dispatcher, until: Callable[[], bool] | None = None, *, seconds: float = 10.0) -> None:
    """Reads on and dispatches until all attempts have ended, or until what is waited for."""
    while read_on(at=clock.now()):
        pass
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        one.once()
        if until() if until else not one._under_way and not due_now():
            return
    raise AssertionError("It did not come to an end.")


def due_now() -> bool:
    due = deliver_webhook_due()
    return due is not None and due <= clock.now()


def deliver_webhook_due() -> datetime | None:
    from careline.domain.webhooks.queries import earliest_due

    return earliest_due()


def log(webhook: int) -> list[tuple[str, str, int | None, int]]:
    """The deliveries, oldest first: name, state, status, attempts."""
    return [(d.name, d.state, d.status, d.attempts) for d in reversed(deliveries_page(webhook, limit=100))]


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
        moment.now = max(moment.now, deliver_webhook_due() or midnight)
        run(one)
    assert {(state, status) for _, state, status, _ in log(key)} == {("waiting", 500)}
    assert deliveries_page(key, limit=1)[0].answer == "our database is down"
    assert webhook_by_id(key).failing_since == NOON + timedelta(minutes=1, seconds=10)
    assert webhook_by_id(key).paused_at is None
    there.reply, there.asked[:] = answering(), []
    sent.append(carol_writes(world, "Question 3", moment.now))
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
    while (due := deliver_webhook_due()) is not None:
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
    there.reply = lambda asked, to: answering(500 if len(there.asked) == 1 else 200)(asked, to)
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
    assert attempts.replay(key, at=moment.now) == 1
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
