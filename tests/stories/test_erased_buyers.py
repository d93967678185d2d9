"""A buyer is erased who had everything: what people wrote about them beside orders, decisions, complaints and follow-ups goes too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from careline.domain.approvals.commands import limits
from careline.domain.approvals.rules.limits import Limit
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.history.actor import SYSTEM, agent
from careline.flows.answer_quote import decline_quote
from careline.flows.erase_customer import erase_customer
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.follow_up import plan_follow_up
from careline.flows.give_credit import Giving, give_credit
from careline.flows.quote import Quoting, send_quote
from careline.flows.record_complaint import Said, record_complaint
from careline.flows.refund import Refunding, refund
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.stories.keeping import own_store, places_of
from tests.world import NOON

pytestmark = pytest.mark.django_db
MARK = "zebrafinch"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Iterator[None]:
    with own_store(tmp_path, settings):
        yield


@pytest.mark.parametrize("mode", ["erase", "anonymise"])
def test_no_word_about_a_buyer_is_left_where_something_was_given_or_asked_for(mode: str) -> None:
    shop = open_shop()
    case, how = shop.world.case, {"by": shop.by, "at": NOON}
    limits.save_limit(Limit("credit", money=Money(100, "EUR"), role="representative"), by=SYSTEM, at=NOON)
    refund(shop.ben, shop.order, Refunding(case, f"The {MARK} ate it", amount=Money(100, "EUR")), **how)
    give_credit(shop.ben, Giving(case, Money(5000, "EUR"), f"For the {MARK}"), **how)
    offered(shop, how)
    record_complaint(shop.ben, case, Said(text=f"No {MARK} was sent", wish=f"A {MARK}"), **how)
    plan_follow_up(shop.ben, case, Plan("call", NOON + timedelta(days=2), shop.ben.id, f"Ask after the {MARK}"), **how)
    engraved(shop)
    written = {
        "approvals_decision",
        "approvals_request",
        "orders_refund",
        "orders_quote",
        "orders_line",
        "orders_cartline",
        "orders_payment",
    }
    assert written <= places_of(MARK).keys()
    ada = shop.world.person(shop.world.ada)
    erase_customer(ada, shop.world.carol, mode=mode, reason="", by=agent(ada.id), at=NOON)
    assert places_of(MARK) == {}
    assert db.value("SELECT count(*) FROM approvals_decision") == 2, "that it was decided stays"
    kept = db.rows(
        "SELECT DISTINCT l.options = v.options AS same FROM orders_line l JOIN orders_variant v ON v.id = l.variant_id"
    )
    assert [row.same for row in kept] == [True], "what was sold stays"


def engraved(shop: Shop) -> None:
    """A shop elsewhere writes what was engraved into the line; whoever pays by bank writes what they like."""
    for table in ("orders_line", "orders_cartline"):
        db.execute(f"UPDATE {table} SET options = options || %s", [db.json({"Engraving": MARK})])
    db.execute(
        "UPDATE orders_payment SET reference = %s WHERE id = (SELECT min(id) FROM orders_payment)",
        [f"thanks for the {MARK}"],
    )


def offered(shop: Shop, how: dict[str, Any]) -> None:
    change_cart(shop.ben, shop.world.case, CartChange({shop.lock: 1}, address={"name": MARK, "street": MARK}), **how)
    quote = send_quote(shop.ben, shop.world.case, Quoting(), **how).id
    token = db.value("SELECT token FROM orders_quote WHERE id = %s", [quote])
    decline_quote(token, reason=f"My {MARK} does not like it", at=NOON)
