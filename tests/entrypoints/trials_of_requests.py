"""How each row of docs/permissions.csv about service requests and subscriptions is tried."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

from careline.domain.history.actor import agent
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.commands.retention import NewRetention, save_retention
from careline.flows.cancel_subscription import Leaving, cancel_subscription
from careline.flows.change_subscription import pause_subscription
from careline.flows.decide_service_request import Deciding, decide_service_request
from careline.flows.keep_products import add_product, add_variant
from careline.flows.keep_service_request_types import add_usual_types
from careline.flows.open_service_request import Opening, open_service_request
from careline.flows.start_subscription import Starting, start_subscription
from careline.flows.work_on_service_request import PaperGiven, finish_step, receive_paper
from careline.kit import db
from tests.world import NOON, World

CUSTOMER, HOUSE, CASE = "customer", "house", "case"
_READ, _WRITE, _MANAGE = "subscription:read", "subscription:write", "subscription:manage"
_SEE, _WORK, _DECIDE, _MAKE = (
    "service_request:read",
    "service_request:write",
    "service_request:decide",
    "service_request:manage",
)
_ON = {"conversation": "{case}"}
_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_PAPER = {"key": "payslip", "name": "slip.pdf", "content": base64.b64encode(_PDF).decode()}
_NAME = {"what": ["name"], "new_name": "Carol R."}
_TYPE = {"name": {"en": "Copy"}, "steps": [{"key": "decision", "kind": "decision", "name": {"en": "Decide"}}]}
_SUB, _REQ, _TYPES = "/subscriptions/{plan_held}", "/service-requests", "/service-request-types"
Trial = tuple[str, Any, Any]


def _acts(key: str, act: str, **more: str) -> tuple[str, str, dict[str, str]]:
    return "POST", f"{_REQ}/{{{key}}}/acts/{act}", more


TRIALS_OF_REQUESTS: dict[tuple[str, str], Trial] = {
    ("desk.subscriptions.subscriptions_page", _READ): (HOUSE, ("GET", "/subscriptions", None), ("GET", "/subscriptions", None)),
    ("desk.subscriptions.subscription_for", _READ): (CUSTOMER, ("GET", _SUB, None), ("GET", _SUB, None)),
    ("queries.subscriptions.retention_offers", _READ): (HOUSE, ("GET", "/retention-offers", None), None),
    ("flows.start_subscription.start_subscription", _WRITE): (
        CUSTOMER,
        ("POST", "/subscriptions", {**_ON, "variant": "id {plan}", "method": "id {plan_card}"}),
        ("POST", "/conversations/{case}/subscriptions", {"variant": "{plan}", "quantity": "1", "method": "{plan_card}"}),
    ),
    ("flows.change_subscription.would_change_plan", _WRITE): (
        CUSTOMER,
        ("POST", _SUB + "/plan", {**_ON, "variant": "id {plan_small}", "preview": True}),
        ("POST", _SUB + "/plan", {"case": "{case}", "variant": "{plan_small}"}),
    ),
    ("flows.change_subscription.change_plan", _WRITE): (
        CUSTOMER,
        ("POST", _SUB + "/plan", {**_ON, "variant": "id {plan_small}"}),
        ("POST", _SUB + "/plan", {"case": "{case}", "variant": "{plan_small}", "do": "1"}),
    ),
    ("flows.change_subscription.pause_subscription", _WRITE): (
        CUSTOMER,
        ("POST", _SUB + "/pause", _ON),
        ("POST", _SUB + "/acts/pause", {"case": "{case}"}),
    ),
    ("flows.change_subscription.resume_subscription", _WRITE): (
        CUSTOMER,
        ("POST", "/subscriptions/{plan_paused}/continuation", _ON),
        ("POST", "/subscriptions/{plan_paused}/acts/resume", {"case": "{case}"}),
    ),
    ("flows.change_subscription.pay_subscription_by", _WRITE): (
        CUSTOMER,
        ("PUT", _SUB + "/payment", {**_ON, "method": "id {plan_card}"}),
        ("POST", _SUB + "/acts/payment", {"case": "{case}", "method": "{plan_card}"}),
    ),
    ("flows.cancel_subscription.would_cancel", _WRITE): (
        CUSTOMER,
        ("POST", _SUB + "/cancellation", {**_ON, "reason": "other", "preview": True}),
        ("POST", _SUB + "/cancellation", {"case": "{case}", "reason": "other"}),
    ),
    ("flows.cancel_subscription.cancel_subscription", _WRITE): (
        CUSTOMER,
        ("POST", _SUB + "/cancellation", {**_ON, "reason": "other", "declined": True}),
        ("POST", _SUB + "/cancellation", {"case": "{case}", "reason": "other", "do": "leave"}),
    ),
    ("flows.cancel_subscription.keep_subscription", _WRITE): (
        CUSTOMER,
        ("POST", "/subscriptions/{plan_ending}/continuation", _ON),
        ("POST", "/subscriptions/{plan_ending}/acts/keep", {"case": "{case}"}),
    ),
    ("flows.cancel_subscription.accept_offer", _WRITE): (
        CUSTOMER,
        ("POST", _SUB + "/retention", {**_ON, "reason": "other", "offer": "id {plan_offer}"}),
        None,
    ),
    ("flows.keep_retention.keep_retention", _MANAGE): (
        HOUSE,
        ("PUT", "/retention-offers", {"offers": [{"kind": "pause", "periods": 1}]}),
        ("POST", "/settings/retention", {"act": "save"}),
    ),
    ("desk.service_requests.requests_page", _SEE): (HOUSE, ("GET", _REQ, None), ("GET", _REQ, None)),
    ("desk.service_requests.request_for", _SEE): (CUSTOMER, ("GET", _REQ + "/{asked_check}", None), ("GET", _REQ + "/{asked_check}", None)),
    ("flows.work_on_service_request.letter_text", _SEE): (CUSTOMER, None, ("GET", _REQ + "/{asked_letter}", None)),
    ("flows.open_service_request.open_service_request", _WORK): (
        CUSTOMER,
        ("POST", _REQ, {**_ON, "type": "account_change", "values": _NAME}),
        ("POST", "/conversations/{case}/service-requests", {"type": "account_change", "what": "name", "new_name": "C."}),
    ),
    ("flows.work_on_service_request.finish_step", _WORK): (
        CUSTOMER,
        ("POST", _REQ + "/{asked_check}/steps", {}),
        _acts("asked_check", "step"),
    ),
    ("flows.work_on_service_request.send_letter", _WORK): (
        CUSTOMER,
        ("POST", _REQ + "/{asked_letter}/letters", {}),
        _acts("asked_letter", "letter", text="Done."),
    ),
    ("flows.work_on_service_request.ask_for_papers", _WORK): (
        CUSTOMER,
        ("POST", _REQ + "/{asked_papers}/letters", {}),
        _acts("asked_papers", "letter", text="Please."),
    ),
    ("flows.work_on_service_request.receive_paper", _WORK): (CUSTOMER, ("POST", _REQ + "/{asked_papers}/papers", _PAPER), None),
    ("flows.work_on_service_request.judge_paper", _WORK): (
        CUSTOMER,
        ("PUT", _REQ + "/{asked_paper_in}/papers/{paper_in}", {"is_right": True}),
        _acts("asked_paper_in", "judgement", paper="{paper_in}", is_right="1"),
    ),
    ("flows.work_on_service_request.withdraw_service_request", _WORK): (
        CUSTOMER,
        ("DELETE", _REQ + "/{asked_check}", None),
        _acts("asked_check", "withdrawal"),
    ),
    ("flows.decide_service_request.decide_service_request", _DECIDE): (
        CUSTOMER,
        ("POST", _REQ + "/{asked_decision}/decision", {"act": "deny", "reason": "proof"}),
        _acts("asked_decision", "decision", decision="deny", reason="proof"),
    ),
    ("flows.decide_service_request.answer_offer", _WORK): (
        CUSTOMER,
        ("PUT", _REQ + "/{asked_offer}/offer", {"is_accepted": False}),
        _acts("asked_offer", "answer", is_accepted="0"),
    ),
    ("flows.keep_service_request_types.type_for", _SEE): (HOUSE, ("GET", _TYPES, None), None),
    ("flows.keep_service_request_types.add_type", _MAKE): (HOUSE, ("POST", _TYPES, {"code": "copy", "content": _TYPE}), None),
    ("flows.keep_service_request_types.change_type", _MAKE): (HOUSE, ("PATCH", _TYPES + "/policy_renewal", {"content": _TYPE}), None),
    ("flows.keep_service_request_types.open_type", _MAKE): (HOUSE, ("PATCH", _TYPES + "/policy_renewal", {"is_open": False}), None),
    ("flows.keep_service_request_types.add_usual_types", _MAKE): (HOUSE, None, ("POST", "/settings/service-requests", {})),
}  # fmt: skip


def keys_of_requests(world: World) -> dict[str, int]:
    """Carol's subscriptions, running, paused and about to end, and a request of hers at each step. After keys_of_orders: she is identified."""
    ada, by, case = world.person(world.ada), agent(world.ada.pk), world.case
    club = add_product(
        ada, NewProduct("CLUB", "Club", billing="subscription", terms={"period": "month"}), by=by, at=NOON
    )
    large, small = (
        add_variant(ada, club, NewVariant(sku, price, "EUR"), by=by, at=NOON)
        for sku, price in (("CL", 3000), ("CS", 1200))
    )
    card = add_method(world.carol, "card", label="Visa", last_four="1111", at=NOON)
    starting = Starting(case, large, 1, str(card))
    held, paused, ending = (
        int(start_subscription(ada, starting, by=by, at=NOON - timedelta(days=5))[1:]) for _ in range(3)
    )
    pause_subscription(ada, f"S{paused}", case=case, by=by, at=NOON)
    cancel_subscription(ada, f"S{ending}", Leaving(case, "other"), by=by, at=NOON)
    save_retention([NewRetention("pause", periods=1)], by=by, at=NOON)
    offer = int(db.value("SELECT id FROM orders_retention"))
    add_usual_types(ada, by=by, at=NOON)
    found = {
        "plan": large,
        "plan_small": small,
        "plan_card": card,
        "plan_held": held,
        "plan_paused": paused,
        "plan_ending": ending,
        "plan_offer": offer,
    }
    limit, name = {"amount": ["3000"], "income": ["2400"]}, {"what": ["name"], "new_name": ["Carol R."]}
    for at, kind, values in (
        ("check", "account_change", name), ("decision", "account_change", name), ("letter", "account_change", name),
        ("papers", "credit_limit_increase", limit), ("paper_in", "credit_limit_increase", limit), ("offer", "credit_limit_increase", limit),
    ):  # fmt: skip
        key = open_service_request(ada, Opening(case, kind, values), by=by, at=NOON)
        found[f"asked_{at}"] = key
        if at != "check":
            finish_step(ada, key, by=by, at=NOON)
    found["paper_in"] = receive_paper(
        ada, found["asked_paper_in"], PaperGiven("payslip", "slip.pdf", _PDF), by=by, at=NOON
    )
    decide_service_request(ada, found["asked_letter"], Deciding("deny", "proof"), by=by, at=NOON)
    db.execute(
        """UPDATE requests_request SET offer = '{"amount": 100000}', state = 'waiting' WHERE id = %s""",
        [found["asked_offer"]],
    )
    return found
