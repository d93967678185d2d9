"""No way round the ladder: what gives money or goods away asks the policy and the limits, by every door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.approvals.commands import limits, policies
from careline.domain.approvals.queries.requests import request_by_id
from careline.domain.approvals.rules.limits import Limit
from careline.domain.approvals.rules.policies import rules_from
from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.refunding import Part
from careline.domain.orders.rules.returning import Inspected
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.flows.authorise import Denied
from careline.flows.cancel_order import Cancelling, cancel_order
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.change_order import Changing, change_order
from careline.flows.decide_approval import BeyondAuthority, decide_approval
from careline.flows.give_credit import Giving, give_credit
from careline.flows.inspect_goods import inspect_goods, would_inspect
from careline.flows.keep_limits import keep_deadlines, keep_limit, require_no_own_skill
from careline.flows.place_order import Placing, Wanted, place_order
from careline.flows.refund import Refunding, refund
from careline.flows.replace_goods import Replacing, replace_goods
from careline.flows.return_goods import Returning, ask_return, receive_goods, withdraw_return
from careline.kit import db
from careline.kit.money import Money
from tests.shop import GIVEN, Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
TOTAL = 13685


@pytest.fixture
def shop() -> Shop:
    return narrow(open_shop())


@pytest.fixture
def pending() -> Shop:
    return narrow(open_shop(state="pending"))


def narrow(shop: Shop) -> Shop:
    """Ben may give one euro of anything."""
    for action in GIVEN:
        limits.save_limit(Limit(action, money=Money(100, "EUR"), role="representative"), by=SYSTEM, at=NOON)
    return shop


def decides(shop: Shop, request: int | None, outcome: str = "approve", **more: Any) -> str:
    ada = shop.world.person(shop.world.ada)
    return decide_approval(ada, request or 0, outcome, by=agent(ada.id), at=NOON, **more)


def holds(*rules: dict[str, Any], author: int | None = None) -> None:
    written = rules_from([{"id": f"rule_{n}", "name": f"Rule {n}", **rule} for n, rule in enumerate(rules)])
    policies.save_draft(written, note="", author=author, by=SYSTEM, at=NOON)
    policies.switch_on(valid_from=NOON, by=SYSTEM, at=NOON)


def hires(shop: Shop, name: str, role: str) -> Person:
    made = staff.add_agent(
        f"{name.lower()}@northwind.example", name=name, role=role, team_ids=(shop.world.front.pk,), by=SYSTEM, at=NOON
    )
    found = person(made.pk, at=NOON)
    assert found is not None, "they were hired just now"
    return found


def test_a_cancellation_over_the_limit_waits_and_is_done_when_approved(pending: Shop) -> None:
    asked = Cancelling(pending.world.case, "no longer needed")
    waits = cancel_order(pending.ben, pending.order, asked, by=pending.by, at=NOON)
    assert (waits.plan.back, pending.row().state, pending.net_paid()) == (TOTAL, "pending", TOTAL)
    with pytest.raises(Refused) as less:
        decides(pending, waits.request, minor=100)
    assert "as it was asked for" in str(less.value)
    assert decides(pending, waits.request) == "approved"
    row = pending.row()
    assert (row.state, row.cancel_reason, pending.net_paid()) == ("cancelled", "no longer needed", 0)
    used = db.row("SELECT action, amount, agent_id FROM approvals_use")
    assert tuple(used) == ("cancellation", TOTAL, pending.world.ada.pk)


def test_of_what_was_agreed_to_only_what_still_went_back_counts_toward_a_limit(pending: Shop) -> None:
    whole = cancel_order(pending.ben, pending.order, Cancelling(pending.world.case, "too late"), by=pending.by, at=NOON)
    some = Refunding(pending.world.case, "too late", amount=Money(7074, "EUR"))
    decides(pending, refund(pending.ben, pending.order, some, by=pending.by, at=NOON).request)
    assert decides(pending, whole.request) == "approved"
    used = db.rows("SELECT action, amount FROM approvals_use ORDER BY id")
    assert [tuple(row) for row in used] == [("refund", 7074), ("cancellation", TOTAL - 7074)]
    assert pending.net_paid() == 0


def test_a_cheaper_item_gives_money_back_within_the_limit_only(pending: Shop) -> None:
    db.execute("UPDATE orders_variant SET price = 3000 WHERE id = %s", [pending.large])
    asked = Changing(pending.world.case, {pending.lines["Helmet"]: pending.large})
    waits = change_order(pending.ben, pending.order, asked, by=pending.by, at=NOON)
    assert (waits.plan.back, pending.net_paid(), pending.row().has_changed_items) == (4760, TOTAL, False)
    db.execute("UPDATE orders_variant SET price = 2000 WHERE id = %s", [pending.large])
    assert decides(pending, waits.request) == "failed"
    assert (request_by_id(waits.request).failure[:10], pending.net_paid()) == ("The prices", TOTAL)


def test_another_way_to_pay_gives_nothing_away(pending: Shop) -> None:
    db.execute("UPDATE orders_method SET balance = 20000 WHERE id = %s", [pending.gift])
    change_order(
        pending.ben, pending.order, Changing(pending.world.case, pays=str(pending.gift)), by=pending.by, at=NOON
    )
    assert (pending.balance(), db.value("SELECT count(*) FROM approvals_use")) == (20000 - TOTAL, 0)


def test_goods_sent_again_count_for_what_they_are_worth(shop: Shop) -> None:
    asked = Replacing(shop.world.case, {shop.lines["Helmet"]: 1}, "cracked")
    waits = replace_goods(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    assert (waits.id, request_by_id(waits.request).amount, shop.stock(shop.small)) == (None, 5454, 3)
    assert decides(shop, waits.request) == "approved"
    assert (shop.stock(shop.small), db.value("SELECT count(*) FROM orders_shipment WHERE kind = 'replacement'")) == (
        2,
        1,
    )


def test_a_return_is_agreed_by_the_policy_and_paid_by_authority_for_refunds(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    agreed = ask_return(shop.ben, shop.order, Returning(shop.world.case, {helmet: 2}, "tight"), by=shop.by, at=NOON)
    key = agreed.id or 0
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    seen = [Inspected(helmet, 2)]
    waits = inspect_goods(shop.ben, key, seen, remark="as new", by=shop.by, at=NOON)
    state = db.row("SELECT state, remark FROM orders_return WHERE id = %s", [key])
    assert (tuple(state), shop.net_paid(), shop.stock(shop.small)) == (("inspected", "as new"), TOTAL, 3)
    with pytest.raises(Refused) as twice:
        inspect_goods(shop.ben, key, seen, by=shop.by, at=NOON)
    assert twice.value.code == "already_asked"
    assert decides(shop, waits.request, minor=8000) == "approved"
    assert (shop.net_paid(), shop.stock(shop.small)) == (TOTAL - 8000, 5)
    assert db.value("SELECT state FROM orders_return WHERE id = %s", [key]) == "done"
    assert tuple(db.row("SELECT action, amount FROM approvals_use")) == ("refund", 8000)


def test_what_was_taken_back_meanwhile_is_not_paid_when_approved(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    key = ask_return(shop.ben, shop.order, Returning(shop.world.case, {helmet: 1}), by=shop.by, at=NOON).id or 0
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    waits = inspect_goods(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=NOON)
    withdraw_return(shop.ben, key, by=shop.by, at=NOON)
    assert (decides(shop, waits.request), shop.net_paid()) == ("failed", TOTAL)


def test_an_exchange_for_something_cheaper_pays_the_difference_by_authority(shop: Shop) -> None:
    db.execute("UPDATE orders_variant SET price = 3000 WHERE id = %s", [shop.large])
    helmet = shop.lines["Helmet"]
    asked = Returning(shop.world.case, {helmet: 1}, "too small", {helmet: shop.large}, "store_credit")
    key = ask_return(shop.ben, shop.order, asked, by=shop.by, at=NOON).id or 0
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    waits = inspect_goods(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=NOON)
    assert (waits.plan.back, shop.stock(shop.small)) == (2182, 3)
    assert decides(shop, waits.request) == "approved"
    assert (shop.stock(shop.small), shop.stock(shop.large), shop.net_paid()) == (4, 4, TOTAL - 2182)


def test_a_policy_refuses_asks_or_allows_each_kind_of_act(shop: Shop) -> None:
    holds(
        {"actions": ["return"], "outcome": "deny", "when": [{"fact": "days_since_delivery", "over": 7}], "sentences": {"en": "Too late."}},
        {"actions": ["exchange", "repair"], "outcome": "approval", "when": [{"fact": "in_warranty", "is": True}]},
    )  # fmt: skip
    helmet = shop.lines["Helmet"]
    with pytest.raises(Denied, match="Too late"):
        ask_return(shop.ben, shop.order, Returning(shop.world.case, {helmet: 1}), by=shop.by, at=NOON)
    assert db.value("SELECT count(*) FROM history WHERE name = 'approval.refused'") == 1
    exchange = Returning(shop.world.case, {helmet: 1}, variants={helmet: shop.large}, method=str(shop.gift))
    waits = ask_return(shop.ben, shop.order, exchange, by=shop.by, at=NOON)
    assert (waits.id, shop.stock(shop.large)) == (None, 5)
    assert decides(shop, waits.request) == "approved"
    assert shop.stock(shop.large) == 4
    repair = Returning(shop.world.case, {helmet: 1}, "loose strap", is_repair=True)
    asked = ask_return(shop.ben, shop.order, repair, by=shop.by, at=NOON)
    assert decides(shop, asked.request, "deny") == "denied"
    assert db.value("SELECT count(*) FROM orders_return WHERE kind = 'repair'") == 0


def test_the_window_is_that_of_the_day_a_return_was_agreed_on(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    limits.save_limit(Limit("refund", role="representative"), by=SYSTEM, at=NOON)
    holds({"actions": ["refund"], "outcome": "deny", "when": [{"fact": "days_since_delivery", "over": 10}]})
    key = ask_return(shop.ben, shop.order, Returning(shop.world.case, {helmet: 1}), by=shop.by, at=NOON).id or 0
    later = NOON + timedelta(days=20)
    receive_goods(shop.ben, key, by=shop.by, at=later)
    inspect_goods(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=later)
    assert shop.net_paid() == TOTAL - 5454
    with pytest.raises(Denied):
        refund(shop.ben, shop.order, Refunding(shop.world.case, "late", (Part(helmet, units=1),)), by=shop.by, at=later)


def test_for_what_arrives_damaged_less_goes_back_as_the_policy_says(shop: Shop) -> None:
    limits.save_limit(Limit("refund", role="representative"), by=SYSTEM, at=NOON)
    holds(
        {"actions": ["inspection"], "outcome": "allow", "percent": 60, "when": [{"fact": "condition", "is": "damaged"}]}
    )
    helmet, lock = shop.lines["Helmet"], shop.lines["Lock"]
    asked = Returning(shop.world.case, {helmet: 2, lock: 1}, "wrong size")
    key = ask_return(shop.ben, shop.order, asked, by=shop.by, at=NOON).id or 0
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    seen = [Inspected(helmet, 2, "damaged"), Inspected(lock, 1)]
    back = round(10909 * 0.6) + 2181
    assert would_inspect(shop.ben, key, seen, by=shop.by, at=NOON).back == back
    inspect_goods(shop.ben, key, seen, by=shop.by, at=NOON)
    assert (shop.net_paid(), shop.stock(shop.small), shop.stock(shop.lock)) == (TOTAL - back, 3, 3)
    kept = db.rows("SELECT percent FROM orders_returnline ORDER BY line_id")
    assert [row.percent for row in kept] == [60, None]


def test_a_repair_comes_and_goes_without_money_or_stock(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    asked = Returning(shop.world.case, {helmet: 1}, "loose strap", is_repair=True)
    key = ask_return(shop.ben, shop.order, asked, by=shop.by, at=NOON).id or 0
    assert db.value("SELECT coming_back FROM orders_line WHERE id = %s", [helmet]) == 1
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    inspect_goods(shop.ben, key, [Inspected(helmet, 1)], remark="new strap", by=shop.by, at=NOON)
    line = db.row("SELECT shipped, delivered, coming_back, returned, credited FROM orders_line WHERE id = %s", [helmet])
    assert (tuple(line), shop.net_paid(), shop.stock(shop.small)) == ((2, 2, 0, 0, 0), TOTAL, 3)
    assert db.value("SELECT kind FROM orders_shipment ORDER BY id DESC LIMIT 1") == "repair"


def test_a_stored_way_to_pay_is_charged_only_on_a_case_with_its_customer_identified() -> None:
    shop = open_shop(is_identified=False)

    def place(case: int | None, payments: dict[int, int], *lines: Wanted) -> Any:
        asked = Placing(shop.world.carol, "EUR", [Wanted(shop.lock), *lines], payments, case=case)
        return lambda: place_order(shop.ben, asked, by=shop.by, at=NOON)

    for payments in ({shop.card: 2000}, {shop.gift: 2000}):
        refuses("case_missing", place(None, payments))
        refuses("not_identified", place(shop.world.case, payments))
    refuses("case_missing", place(None, {}, Wanted(kind="discount", amount=-100)))
    bank = db.value(
        """INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, is_active, created_at)
           VALUES (%s, 'bank', '', '', '', '', '', true, %s) RETURNING id""",
        [shop.world.carol, NOON],
    )
    key = place(None, {bank: 2000})().id
    kept = db.row("SELECT state, amount FROM orders_payment WHERE order_id = %s", [key])
    assert tuple(kept) == ("pending", 2000)


def test_what_was_never_paid_does_not_come_back_as_money(shop: Shop) -> None:
    bank = db.value("UPDATE orders_method SET kind = 'bank' WHERE id = %s RETURNING id", [shop.card])
    asked = Placing(shop.world.carol, "EUR", [Wanted(shop.lock)], {bank: 2000}, case=shop.world.case)
    key = place_order(shop.ben, asked, by=shop.by, at=NOON).id
    number = db.value("SELECT number FROM orders_order WHERE id = %s", [key])
    done = cancel_order(shop.ben, number, Cancelling(shop.world.case, "x", None, "store_credit"), by=shop.by, at=NOON)
    assert (done.plan.back, done.request) == (0, None)
    assert db.value("SELECT state FROM orders_payment WHERE order_id = %s", [key]) == "void"
    assert db.value("SELECT count(*) FROM orders_method WHERE kind = 'store_credit'") == 0


def test_a_discount_over_the_limit_places_the_order_once_it_is_approved(shop: Shop) -> None:
    def asked(minor: int) -> Placing:
        lines = [Wanted(shop.lock), Wanted(kind="discount", amount=-minor)]
        return Placing(
            shop.world.carol, "EUR", lines, {shop.card: 2000 - minor}, address={"street": "Long Road 1"}, case=shop.world.case
        )  # fmt: skip

    assert place_order(shop.ben, asked(100), by=shop.by, at=NOON).id is not None
    waits = place_order(shop.ben, asked(500), by=shop.by, at=NOON)
    assert (waits.id, shop.stock(shop.lock)) == (None, 1)
    with pytest.raises(Refused) as twice:
        place_order(shop.ben, asked(500), by=shop.by, at=NOON)
    assert twice.value.code == "already_asked"
    params = request_by_id(waits.request).params
    assert set(params) == {"proposal", "goods"}
    assert decides(shop, waits.request) == "approved"
    order = db.row("SELECT total, address FROM orders_order ORDER BY id DESC LIMIT 1")
    assert (tuple(order), shop.stock(shop.lock)) == ((1500, {"street": "Long Road 1"}), 0)
    assert db.value("SELECT count(*) FROM orders_proposal WHERE order_id IS NULL") == 0


def test_a_discount_in_percent_is_of_what_the_goods_cost(shop: Shop) -> None:
    limits.save_limit(Limit("discount", percent=10, role="representative"), by=SYSTEM, at=NOON)
    asked = Placing(
        shop.world.carol, "EUR", [Wanted(shop.small), Wanted(kind="discount", amount=-501)], {}, case=shop.world.case
    )
    assert place_order(shop.ben, asked, by=shop.by, at=NOON).request is not None


def test_a_credit_on_an_order_knows_its_facts(shop: Shop) -> None:
    holds({"actions": ["credit"], "outcome": "deny", "when": [{"fact": "order_state", "is": "delivered"}]})
    give_credit(shop.ben, Giving(shop.world.case, Money(100, "EUR"), "waited"), by=shop.by, at=NOON)
    with pytest.raises(Denied):
        give_credit(shop.ben, Giving(shop.world.case, Money(100, "EUR"), "waited", shop.order), by=shop.by, at=NOON)


def test_whoever_wrote_the_rule_is_not_its_second_pair_of_eyes(shop: Shop) -> None:
    vic, una = hires(shop, "Vic", "administrator"), hires(shop, "Una", "administrator")
    everything = {"actions": ["refund"], "outcome": "approval", "four_eyes": True}
    holds(everything, author=vic.id)
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),))
    waits = refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    assert request_by_id(waits.request).approver_id != vic.id
    with pytest.raises(BeyondAuthority):
        decide_approval(vic, waits.request or 0, "approve", by=agent(vic.id), at=NOON)
    # a rule that stands as it did is still his, whoever drafts the next version; one that was changed is not
    holds(everything, {"actions": ["exchange"], "outcome": "allow"}, author=una.id)
    authors = db.value("SELECT authors FROM approvals_policy ORDER BY id DESC LIMIT 1")
    assert authors == {"rule_0": vic.id, "rule_1": una.id}
    assert decide_approval(una, waits.request or 0, "approve", by=agent(una.id), at=NOON) == "approved"


def test_a_limit_of_ones_own_pen_counts_for_nothing_where_two_have_to_agree(shop: Shop) -> None:
    una = hires(shop, "Una", "administrator")
    keep_limit(una, Limit("refund", role="administrator", money=Money(90000, "EUR")), by=agent(una.id), at=NOON)
    holds({"actions": ["refund"], "outcome": "approval", "four_eyes": True})
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),))
    waits = refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    with pytest.raises(BeyondAuthority):
        decide_approval(una, waits.request or 0, "approve", by=agent(una.id), at=NOON)
    assert decides(shop, waits.request) == "approved"


def test_nobody_writes_a_limit_or_takes_a_skill_that_is_their_own(shop: Shop) -> None:
    mia = hires(shop, "Mia", "manager")
    with pytest.raises(Refused, match="that is theirs too"):
        keep_limit(mia, Limit("refund", role="manager"), by=agent(mia.id), at=NOON)
    keep_limit(mia, Limit("refund", role="representative"), by=agent(mia.id), at=NOON)
    skill = db.value("INSERT INTO staff_skill (name, kind) VALUES ('Refunds', 'other') RETURNING id")
    limits.save_limit(Limit("refund", skill=skill, level=3), by=SYSTEM, at=NOON)
    with pytest.raises(Refused, match="Nobody gives themselves a skill"):
        require_no_own_skill(mia, mia.id, {skill: 3}, at=NOON)
    require_no_own_skill(mia, shop.ben.id, {skill: 3}, at=NOON)


def test_limits_that_change_while_a_request_waits_hold_when_it_is_decided(shop: Shop) -> None:
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Helmet"], units=1),))
    waits = refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    lea = hires(shop, "Lea", "team_lead")
    limits.save_limit(Limit("refund", money=Money(6000, "EUR"), role="team_lead"), by=SYSTEM, at=NOON)
    limits.save_limit(Limit("refund", money=Money(5000, "EUR"), role="team_lead"), by=SYSTEM, at=NOON)
    with pytest.raises(BeyondAuthority):
        decide_approval(lea, waits.request or 0, "approve", by=agent(lea.id), at=NOON)
    limits.save_limit(Limit("refund", money=Money(6000, "EUR"), role="team_lead"), by=SYSTEM, at=NOON)
    assert decide_approval(lea, waits.request or 0, "approve", by=agent(lea.id), at=NOON) == "approved"
    assert shop.net_paid() == TOTAL - 5454


def test_the_time_to_decide_counts_opening_hours_where_the_company_says_so(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    periods = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
    change = CalendarChange(name="Office", time_zone="UTC", periods=periods, country="DE", region="")
    calendar = add_calendar(ada, change, by=SYSTEM, at=NOON)
    keep_deadlines(ada, calendar, by=SYSTEM, at=NOON)
    friday = NOON + timedelta(days=(4 - NOON.weekday()) % 7, hours=5)
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),))
    waits = refund(shop.ben, shop.order, asked, by=shop.by, at=friday)
    assert request_by_id(waits.request).due_at > friday + timedelta(hours=48)


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(OrderRefused) as refused:
        act()
    assert (refused.value.code, str(refused.value)[-1:]) == (code, ".")
