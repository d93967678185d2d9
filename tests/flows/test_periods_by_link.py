"""What was sold by a payment link has no card that may be charged again: each later period is asked for by a link of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from careline.domain.orders.gateways.fake import FakeStripe
from careline.domain.orders.queries.subscriptions import awaited_of
from careline.flows.change_subscription import pay_subscription_by
from careline.flows.collect_payment import begin_payment, work_on_payments
from careline.flows.end_unpaid import end_unpaid
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.place_cart import Paying, place_cart
from careline.flows.renew_subscriptions import work_on_subscriptions
from careline.kit import clock, db
from tests.flows.selling_desk import letters, paying_desk
from tests.flows.test_subscriptions import Club
from tests.shop import open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with paying_desk() as server:
        yield server


@pytest.fixture
def club(fake: FakeStripe) -> Club:
    """Carol has bought the small plan by a link, and paid its first period."""
    made = Club(open_shop())
    db.execute("SELECT setval('subscription_number', 1, false)")
    change_cart(made.ben, made.world.case, CartChange(units={made.small: 1}), by=made.by, at=NOON)
    place_cart(made.ben, made.world.case, Paying("link"), by=made.by, at=NOON)
    pays(fake, at=NOON)
    return made


def pays(fake: FakeStripe, *, at: datetime) -> str:
    """Carol opens her newest link and pays on its page; the page's key."""
    token = db.value("SELECT token FROM orders_paymentlink ORDER BY id DESC LIMIT 1")
    page = begin_payment(token, at=at).url.rpartition("/")[2]
    fake.pay(page, now=int(NOON.timestamp()))  # its clock stands still
    work_on_payments(at=at + timedelta(minutes=10))
    return page


def links() -> list[str]:
    return [row.state for row in db.rows("SELECT state FROM orders_paymentlink ORDER BY id")]


def asked_order() -> Any:
    return db.row("SELECT * FROM orders_order WHERE source = 'subscription S1' ORDER BY id DESC LIMIT 1")


def test_each_later_period_is_asked_for_by_mail_and_begins_where_the_last_one_ended(
    club: Club, fake: FakeStripe
) -> None:
    end = club.row().period_end
    assert work_on_subscriptions(at=end) == 1
    order = asked_order()
    token = db.value("SELECT token FROM orders_paymentlink ORDER BY id DESC LIMIT 1")
    assert (club.row().state, order.state, order.total, links()) == ("past_due", "pending", 1200, ["paid", "open"])
    assert (
        f"/pay/{token}" in letters()[-1],
        "€12.00" in letters()[-1],
        "Your subscription Club (Small)" in letters()[-1],
    ) == (True,) * 3
    pays(fake, at=end + DAY)
    row = club.row()
    assert (row.state, row.tries, row.period_start, row.due_at) == ("active", 0, end, row.period_end)
    assert club.charges() == [("period", 1200, 0, 0, 1200)] * 2
    assert (asked_order().state, awaited_of(row.id), links()) == ("delivered", None, ["paid", "paid"])
    assert db.value("SELECT count(*) FROM orders_subscription") == 1
    assert club.said()[2:] == ["subscription.past_due", "subscription.asked", "subscription.charged"]


def test_who_does_not_pay_is_asked_again_by_the_same_order_and_given_up_at_last(club: Club, fake: FakeStripe) -> None:
    seen = []
    for _ in range(4):
        due = club.row().due_at
        work_on_subscriptions(at=due)
        end_unpaid(at=due + timedelta(hours=1))
        seen.append((club.row().state, links().count("open"), asked_order().id))
    order = asked_order()
    assert seen == [("past_due", 1, order.id)] * 3 + [("cancelled", 0, order.id)]
    assert (order.state, club.row().cancel_reason, club.charges()) == (
        "cancelled",
        "unpaid",
        [("period", 1200, 0, 0, 1200)],
    )
    assert len([one for one in letters() if "Your subscription" in one]) == 3
    assert db.value("SELECT sum(due - credited) FROM orders_line WHERE order_id = %s", [order.id]) == 0


def test_what_is_paid_after_it_was_given_up_goes_back(club: Club, fake: FakeStripe) -> None:
    work_on_subscriptions(at=club.row().due_at)
    token = db.value("SELECT token FROM orders_paymentlink ORDER BY id DESC LIMIT 1")
    opened = club.row().due_at - timedelta(hours=1)
    page = begin_payment(token, at=opened).url.rpartition("/")[2]
    club.leaves(at=opened)
    assert (club.row().state, asked_order().state) == ("cancelled", "cancelled")
    fake.pay(page, now=int(NOON.timestamp()))
    for minutes in (10, 20):
        work_on_payments(at=opened + timedelta(minutes=minutes))
    assert [one["amount"] for one in fake.refunds] == [1200]
    assert (club.row().state, club.charges()) == ("cancelled", [("period", 1200, 0, 0, 1200)])


def test_another_way_to_pay_ends_the_link(club: Club) -> None:
    end = club.row().period_end
    work_on_subscriptions(at=end)
    pay_subscription_by(club.ben, "S1", str(club.shop.card), case=club.world.case, by=club.by, at=end + DAY)
    waited = db.row(
        "SELECT state, cancel_reason FROM orders_order WHERE source = 'subscription S1' ORDER BY id LIMIT 1"
    )
    assert waited is not None
    assert (tuple(waited), links()) == (("cancelled", "paid_otherwise"), ["paid", "withdrawn"])
    assert (club.row().state, club.row().period_start, club.charges()) == (
        "active",
        end,
        [("period", 1200, 0, 0, 1200)] * 2,
    )


def test_the_subscription_s_page_and_the_api_say_what_it_waits_for(
    club: Club, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = club.row().period_end
    monkeypatch.setattr(clock, "now", lambda: end)
    work_on_subscriptions(at=end)
    order = asked_order()
    client.force_login(club.world.ben)
    page = client.get("/subscriptions/S1").content.decode()
    assert [
        part in page
        for part in (
            "Waits for payment",
            f"/orders/{order.number}",
            "Its link is good until",
            "asked to pay it by a link",
        )
    ] == [True] * 4
    token = {"Authorization": f"Bearer {club.world.token_of(club.world.ben)}"}
    told = client.get("/api/v1/subscriptions/S1", headers=token).json()
    assert (told["state"], told["awaited_order"]) == ("past_due", order.number)
    pay_subscription_by(club.ben, "S1", str(club.shop.card), case=club.world.case, by=club.by, at=end)
    assert client.get("/api/v1/subscriptions/S1", headers=token).json()["awaited_order"] is None
    # The link's end is told as such, and not as that of a return.
    shown = client.get(f"/orders/{order.number}").content.decode()
    assert ("The payment link is not good any more" in shown, "took a return back" in shown) == (True, False)


def test_a_period_that_comes_to_something_else_meanwhile_is_asked_for_anew(club: Club) -> None:
    work_on_subscriptions(at=club.row().period_end)
    first = asked_order()
    db.execute("UPDATE orders_subscription SET offer_percent = 50, offer_left = 1")
    work_on_subscriptions(at=club.row().due_at)
    second = asked_order()
    states = db.rows("SELECT state FROM orders_order WHERE source = 'subscription S1' ORDER BY id")
    assert ([row.state for row in states], first.total, second.total) == (["cancelled", "pending"], 1200, 600)


def test_where_nobody_can_be_asked_the_record_says_why(club: Club) -> None:
    db.execute("UPDATE staff_agent SET is_active = false")
    work_on_subscriptions(at=club.row().period_end)
    told = db.row("SELECT name, data FROM history WHERE subject_kind = 'subscription' ORDER BY id DESC LIMIT 1")
    assert told is not None
    assert (tuple(told), asked_order(), club.row().state) == (
        ("subscription.not_asked", {"code": "nobody_left"}),
        None,
        "past_due",
    )
