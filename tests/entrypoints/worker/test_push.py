"""Notifications leave: to browsers by push, by mail; when they may, once, and never of what may not be seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.commands import Happening, move_cursor, record
from careline.domain.history.queries import newest_cursor
from careline.domain.notifications.commands.choosing import choose
from careline.domain.notifications.commands.devices import SEALED_FOR
from careline.domain.notifications.commands.telling import see
from careline.domain.notifications.queries.chosen import devices_of, earliest_parcel
from careline.domain.staff.house_letters import claim_letter, token_of
from careline.entrypoints.worker.notifications import NAME, Leaving, read_on
from careline.flows.change import Change, change
from careline.flows.restrict import restrict
from careline.flows.tell_device import UnfitDevice, add, own_key
from careline.kit import db, webpush
from careline.kit.keys import ring
from tests.domain.webhooks.targets import Target, answering, target
from tests.entrypoints.worker.telling import Moment
from tests.world import NOON, World, make_world

SECRET = b"0123456789abcdef"
QUIET = {"quiet": {"4": ["11:00", "14:00"]}}
"""The world's Friday, around noon."""


class Browser:
    """Ben's, at a push service on this machine."""

    def __init__(self, there: Target, who: Any) -> None:
        self.key, self.there, self.who = ec.generate_private_key(ec.SECP256R1()), there, who

    def subscribes(self, at: datetime) -> int:
        return add(
            self.who.pk, endpoint=self.there.url, p256dh=webpush.public_words(self.key), auth=webpush.words_of(SECRET), name="Firefox",
            by=agent(self.who.pk), at=at,
        )  # fmt: skip

    @property
    def shown(self) -> list[Any]:
        """What it opens of what it was sent."""
        return [
            json.loads(http_ece.decrypt(one.body, private_key=self.key, auth_secret=SECRET, version="aes128gcm"))
            for one in self.there.asked
        ]


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    made, end = make_world(), newest_cursor()
    move_cursor(NAME, tx=end.tx, happening=end.happening, at=NOON)
    return made


@pytest.fixture
def there() -> Iterator[Target]:
    with target() as one:
        yield one


@pytest.fixture
def browser(world: World, there: Target, moment: Moment) -> Browser:
    one = Browser(there, world.ben)
    one.subscribes(moment.now)
    return one


def given_to_ben(world: World, at: datetime) -> None:
    change(world.person(world.ada), world.case, Change(assignee=world.ben.pk), by=agent(world.ada.pk), at=at)
    while read_on(at=at):
        pass


def leaves(at: datetime) -> None:
    leaving = Leaving(Event())
    while leaving.leave(at=at):
        pass


def test_a_browser_is_told_sealed_and_signed_once_the_undo_is_over(
    world: World, browser: Browser, moment: Moment
) -> None:
    given_to_ben(world, moment.now)
    leaves(moment.on(seconds=14))
    assert browser.shown == []
    leaves(moment.on(seconds=1))
    leaves(moment.on(minutes=5))
    wanted = {
        "title": f"#{world.case} was given to you", "body": "", "url": f"/conversations/{world.case}", "tag": f"case-{world.case}", "unseen": 1,
        "dir": "ltr", "lang": "en",
    }  # fmt: skip
    assert browser.shown == [wanted]
    headers = browser.there.asked[0].headers
    assert (headers["content-encoding"], headers["ttl"], headers["urgency"]) == ("aes128gcm", "43200", "normal")
    token = headers["authorization"].split("t=")[1].split(",")[0]
    ours = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.bytes_of(own_key()))
    origin = browser.there.url.rpartition("/")[0] or browser.there.url
    claims = jwt.decode(token, ours, algorithms=["ES256"], options={"verify_aud": False, "verify_exp": False})
    assert origin.startswith(claims["aud"])
    assert b"bike" not in browser.there.asked[0].body


def test_only_who_chose_so_has_the_subject_on_the_screen_and_never_of_a_restricted_case(
    world: World, browser: Browser, moment: Moment
) -> None:
    choose(world.ben.pk, {"says": "subject"}, by=SYSTEM, at=moment.now)
    given_to_ben(world, moment.now)
    leaves(moment.on(minutes=1))
    restrict(world.person(world.ada), world.case, [world.ben.pk], by=agent(world.ada.pk), at=moment.now)
    happens(world, "rule.notified", {"rule": 1, "agent": world.ben.pk, "team": None}, moment.now)
    happens(world, "sla.warned", {}, moment.now)
    leaves(moment.on(minutes=1))
    assert [one["body"] for one in browser.shown] == ["Where is my bike?", ""]


def test_quiet_hours_hold_a_push_until_they_end(world: World, browser: Browser, moment: Moment) -> None:
    choose(world.ben.pk, QUIET, by=SYSTEM, at=moment.now)
    given_to_ben(world, moment.now)
    end = datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert earliest_parcel() == end
    leaves(end - timedelta(seconds=1))
    assert browser.shown == []
    leaves(end)
    assert len(browser.shown) == 1


def test_what_was_seen_meanwhile_does_not_leave(world: World, browser: Browser, moment: Moment) -> None:
    given_to_ben(world, moment.now)
    see(world.ben.pk, by=SYSTEM, at=moment.now)
    leaves(moment.on(days=3))
    assert (browser.shown, earliest_parcel(), claim_letter(at=moment.now)) == ([], None, None)


def test_what_may_be_seen_no_more_does_not_leave(world: World, browser: Browser, moment: Moment) -> None:
    given_to_ben(world, moment.now)
    db.execute("UPDATE conversations_conversation SET restricted_to = ARRAY[%s]", [world.ada.pk])
    leaves(moment.on(days=3))
    assert (browser.shown, claim_letter(at=moment.now)) == ([], None)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_told_no_more(world: World, browser: Browser, moment: Moment, status: int) -> None:
    browser.there.reply = answering(status)
    given_to_ben(world, moment.now)
    leaves(moment.on(minutes=1))
    assert (len(browser.there.asked), devices_of(world.ben.pk)) == (1, [])


def test_a_service_that_fails_is_asked_again_later_and_not_for_ever(
    world: World, browser: Browser, moment: Moment
) -> None:
    browser.there.reply = answering(503)
    given_to_ben(world, moment.now)
    for _ in range(12):
        leaves(moment.on(hours=1))
    assert len(browser.there.asked) == 6
    assert [row.name for row in devices_of(world.ben.pk)] == ["Firefox"]
    browser.there.reply = answering(201)
    happens(world, "sla.warned", {}, moment.now)
    leaves(moment.on(minutes=1))
    assert len(browser.there.asked) == 7


def test_the_address_and_keys_of_a_browser_lie_sealed(world: World, browser: Browser) -> None:
    sealed = bytes(db.value("SELECT sealed FROM notifications_device"))
    assert browser.there.url.encode() not in sealed
    assert json.loads(ring().decrypt(SEALED_FOR, sealed))["endpoint"] == browser.there.url


def test_a_browser_belongs_to_who_used_it_last(world: World, browser: Browser, moment: Moment) -> None:
    given_to_ben(world, moment.now)
    browser.who = world.cleo
    browser.subscribes(moment.now)
    leaves(moment.on(hours=1))
    assert (browser.shown, devices_of(world.ben.pk), len(devices_of(world.cleo.pk))) == ([], [], 1)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push",
        "http://push.example.com/x",
        "http://10.0.0.1/x",
        "ftp://a.example/",
        "https://a@b.example/",
        "https://" + "a" * 2000,
    ],
)
def test_what_is_no_push_service_is_refused(world: World, endpoint: str) -> None:
    key = webpush.public_words(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(UnfitDevice):
        add(world.ben.pk, endpoint=endpoint, p256dh=key, auth=webpush.words_of(SECRET), name="", by=SYSTEM, at=NOON)


def test_an_address_in_a_private_network_is_never_reached(
    world: World, browser: Browser, moment: Moment, settings: Any
) -> None:
    given_to_ben(world, moment.now)
    settings.WEBHOOK_NETWORKS = []
    leaves(moment.on(minutes=1))
    assert browser.there.asked == []


def test_one_letter_tells_all_that_was_not_seen_for_two_days(world: World, moment: Moment) -> None:
    began = moment.now
    given_to_ben(world, began)
    happens(world, "sla.warned", {}, began)
    leaves(began + timedelta(days=2, seconds=-1))
    assert claim_letter(at=began + timedelta(days=2)) is None
    leaves(began + timedelta(days=2))
    letter = claim_letter(at=began + timedelta(days=2))
    subject, _blank, text = token_of(letter).partition("\n\n")
    assert (letter.kind, letter.email, subject) == (
        "digest",
        "ben@northwind.example",
        "2 new things for you in Careline",
    )  # type: ignore[union-attr]
    assert f"#{world.case} was given to you: Where is my bike?" in text
    assert "/settings/notifications" in text and "I ordered it a week ago" not in text
    assert claim_letter(at=began + timedelta(days=2)) is None


def test_a_letter_never_quotes_a_restricted_case(world: World, moment: Moment) -> None:
    given_to_ben(world, moment.now)
    restrict(world.person(world.ada), world.case, [world.ben.pk], by=agent(world.ada.pk), at=moment.now)
    leaves(moment.on(days=2, seconds=1))
    text = token_of(claim_letter(at=moment.now))
    assert f"#{world.case} was given to you\n" in text and "bike" not in text


def happens(world: World, name: str, data: dict[str, Any], at: datetime) -> None:
    case = conversation_by_number(world.case)
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=SYSTEM, at=at)
    while read_on(at=at):
        pass
