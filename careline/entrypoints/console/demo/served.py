"""What Northwind's customers pay for month by month, and what they ask for beside goods: plans, offers to stay, requests under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.customers.queries.merges import root_of
from careline.domain.history.actor import agent
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.commands.retention import NewRetention
from careline.domain.orders.queries.orders import methods_of
from careline.domain.orders.queries.subscriptions import earliest_subscription_due
from careline.domain.staff.rules import Person
from careline.entrypoints.console.demo.customers import CAROL
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.flows.change_subscription import pause_subscription
from careline.flows.decide_service_request import Deciding, decide_service_request
from careline.flows.keep_limits import keep_limit
from careline.flows.keep_products import add_product, add_variant
from careline.flows.keep_retention import keep_retention
from careline.flows.keep_service_request_types import add_usual_types
from careline.flows.open_service_request import Opening, open_service_request
from careline.flows.renew_subscriptions import work_on_subscriptions
from careline.flows.start_subscription import Starting, start_subscription
from careline.flows.work_on_service_request import PaperGiven, finish_step, judge_paper, receive_paper
from careline.kit.money import Money

_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_DAY, _SOON = timedelta(days=1), timedelta(minutes=5)
_ASKED: tuple[tuple[str, dict[str, list[str]]], ...] = (
    ("credit_limit_increase", {"amount": ["3000"], "income": ["2400"], "why": ["A second e-bike for the family"]}),
    ("account_change", {"what": ["name", "address"], "new_name": ["Carol Jensen-Berg"], "new_address": ["Harbour Street 9, 10115 Berlin"]}),
    ("loan_application", {"amount": ["2599"], "months": ["24"], "purpose": ["bike"], "income": ["2900"]}),
    ("policy_renewal", {"policy": ["FB-2201"], "until": ["2027-12-31"]}),
    ("credit_limit_increase", {"amount": ["800"], "income": ["1200"]}),
)  # fmt: skip


def serve_by_period(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    ada, ben = house.people["ada"], house.people["ben"]
    by = agent(ada.id)
    large, small = _plans(ada, at=now - 60 * _DAY)
    add_usual_types(ada, by=by, at=now - 60 * _DAY)
    for action, euros in (("credit_limit_increase", 1000), ("loan_application", 1000), ("retention_offer", 20)):
        keep_limit(
            ada, Limit(action, money=Money(euros * 100, "EUR"), role="representative"), by=by, at=now - 60 * _DAY
        )
    offers = (
        NewRetention("discount", ("too_expensive", "competitor"), 25, 3, words={"en": "A quarter off for three months, would you stay?"}),
        NewRetention("downgrade", ("too_expensive", "not_used"), variant=small, words={"en": "The basic plan may be all you need."}),
        NewRetention("pause", ("not_used", "moving"), periods=2, words={"en": "Shall it rest over the winter?"}),
    )  # fmt: skip
    keep_retention(ada, offers, by=by, at=now - 60 * _DAY)
    there = sorted(_cases_of_buyers(cases, ada), key=lambda one: one[0].team_id not in ben.team_ids)
    for n, (case, method) in enumerate(there[:8]):
        asked = Starting(case.number, small if n % 3 == 1 else large, 1 + n % 2, str(method.id))
        start_subscription(ada, asked, by=by, at=now - timedelta(days=10 + 6 * n))
    while (due := earliest_subscription_due()) is not None and due <= now:
        work_on_subscriptions(at=due)
    if len(there) > 3:
        pause_subscription(ada, "S4", case=there[3][0].number, periods=2, by=by, at=now - 3 * _DAY)
    for n, ((case, _method), (kind, values)) in enumerate(zip(there, _ASKED, strict=False)):
        _asked(ben if n == 0 and case.team_id in ben.team_ids else ada, case, kind, values, n, now=now)


def _plans(ada: Person, *, at: datetime) -> tuple[int, int]:
    by = agent(ada.id)
    plan = NewProduct(
        "CARE", "Care plan", "Two services a year and a bike to borrow meanwhile", billing="subscription", terms={"period": "month"}
    )  # fmt: skip
    product = add_product(ada, plan, by=by, at=at)
    large, small = (
        add_variant(ada, product, NewVariant(sku, price, "EUR", {"plan": name}), by=by, at=at)
        for sku, name, price in (("CARE-FULL", "Full", 1990), ("CARE-BASIC", "Basic", 990))
    )
    return large, small


def _cases_of_buyers(cases: Sequence[Case], ada: Person) -> list[tuple[Any, Any]]:
    """Open cases of customers with a card, Carol's first; each customer once, and identified on it."""
    found: dict[int, tuple[Any, Any]] = {}
    for case in sorted(cases, key=lambda one: (one.writer.address != CAROL.address, -one.number)):
        row = conversation_by_number(case.number) if case.number else None
        owner = root_of(row.customer_id) if row is not None and row.customer_id is not None else None
        if row is None or owner is None or owner in found or row.category == "resolved" or row.is_spam:
            continue
        card = next((one for one in methods_of([owner]) if one.kind == "card"), None)
        if card is not None:
            note_identified(
                row, owner, how="questions", questions=["order_number"], by=agent(ada.id), at=case.opened_at + _SOON
            )
            found[owner] = (row, card)
        if len(found) == 8:
            break
    return list(found.values())


def _asked(who: Person, case: Any, kind: str, values: dict[str, list[str]], n: int, *, now: datetime) -> None:
    """The first waits for approval, the others stand at other steps."""
    by, at = agent(who.id), now - timedelta(hours=30 - 5 * n)
    key = open_service_request(who, Opening(case.number, kind, values), by=by, at=at)
    if n == 3:
        return
    finish_step(who, key, words="All there", by=by, at=at + timedelta(hours=1))
    if n == 0:
        paper = receive_paper(who, key, PaperGiven("payslip", "payslip.pdf", _PDF), by=by, at=at + timedelta(hours=3))
        judge_paper(who, key, paper, is_right=True, by=by, at=at + timedelta(hours=4))
        finish_step(who, key, by=by, at=at + timedelta(hours=4))
        decide_service_request(who, key, Deciding("approve", words="Pays on time"), by=by, at=at + timedelta(hours=5))
