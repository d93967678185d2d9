"""A telephone number is one number, however it is written: kept, found by, and said to identify somebody."""

from __future__ import annotations

import pytest

from careline.domain.desk.queries.api_customers import customers_page
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.domain.desk.queries.orders import orders_page
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands.identity import set_checks
from careline.flows.add_customer import add_customer
from careline.flows.identify import identify
from careline.flows.place_order import Placing, Wanted, write_down_order
from careline.kit import db
from tests.shop import Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
WAYS = ("030 123456", "+49 30 123456", "0049 (0)30 / 123-456", "(030) 12 34 56", "+49 030 123456")


@pytest.fixture
def shop() -> Shop:
    made = open_shop(is_identified=False)
    db.execute("UPDATE company SET time_zone = 'Europe/Berlin'")
    return made


@pytest.mark.parametrize("written", WAYS)
def test_whoever_calls_is_found_in_each_way_their_number_may_be_written(shop: Shop, written: str) -> None:
    ada = shop.world.person(shop.world.ada)
    dora = add_customer(ada, name="Dora", addresses=[("phone", written)], by=shop.by, at=NOON)
    assert db.value("SELECT value FROM customers_address WHERE customer_id = %s", [dora]) == "+4930123456"
    found = [[row.id for row in customers_page(ada, CustomerFilter(words=way), at=NOON, limit=5)] for way in WAYS]
    assert found == [[dora]] * len(WAYS)


def test_who_was_kept_before_the_country_was_known_is_found_still(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    db.execute("UPDATE company SET time_zone = 'UTC'")
    dora = add_customer(ada, name="Dora", addresses=[("phone", "030 1234567")], by=shop.by, at=NOON)
    assert db.value("SELECT value FROM customers_address WHERE customer_id = %s", [dora]) == "0301234567"
    db.execute("UPDATE company SET time_zone = 'Europe/Berlin'")
    rows = customers_page(ada, CustomerFilter(words="030 123 45 67"), at=NOON, limit=5)
    assert [row.id for row in rows] == [dora]


def test_an_order_is_found_by_the_number_that_was_given_with_it(shop: Shop) -> None:
    wanted = Placing(shop.world.carol, "EUR", [Wanted(shop.lock)], {}, phone="030 / 12 34 56")
    key = write_down_order(wanted, by=shop.by, at=NOON)
    found = [[row.id for row in orders_page(shop.ben, words=way)] for way in WAYS]
    assert found == [[key]] * len(WAYS)


@pytest.mark.parametrize("kept", ["+4930123456", "030123456"])
def test_a_caller_says_their_number_as_people_do(shop: Shop, kept: str) -> None:
    set_checks([["phone"]], by=SYSTEM, at=NOON)
    db.execute(
        """INSERT INTO customers_address (customer_id, kind, value, is_primary, likeness, verified_how, created_at)
           VALUES (%s, 'phone', %s, false, '', '', %s)""",
        [shop.world.carol, kept, NOON],
    )
    assert identify(shop.ben, shop.world.case, {"phone": "030 123 456"}, by=shop.by, at=NOON).is_identified
