"""Service requests and subscriptions on screen: made, opened, worked on, left with an offer; by people who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from careline.domain.approvals.rules.limits import Limit
from careline.domain.history.actor import agent
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.requests.queries.types import type_by_code
from careline.flows.keep_limits import keep_limit
from careline.flows.keep_products import add_product, add_variant
from careline.flows.keep_service_request_types import add_usual_types
from careline.kit import clock, db
from tests.shop import Shop, open_shop
from tests.world import NOON

PART = {"HX-Request": "true"}
LIMIT = {"type": "credit_limit_increase", "amount": "3000", "income": "2400"}


@pytest.fixture
def shop(db: None, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = open_shop()
    add_usual_types(made.world.person(made.world.ada), by=agent(made.world.ada.pk), at=NOON)
    return made


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def test_a_request_goes_from_the_case_to_its_decision_on_one_screen(shop: Shop) -> None:
    ben, case = signed_in(shop.world.ben), f"/conversations/{shop.world.case}"
    keep_limit(
        shop.world.person(shop.world.ada),
        Limit("credit_limit_increase", role="representative"),
        by=agent(shop.world.ada.pk),
        at=NOON,
    )
    assert "New request" in words(ben.get(f"{case}/services", headers=PART))
    assert "Credit limit increase" in words(ben.get(f"{case}/service-requests"))
    assert "New limit in EUR" in words(ben.get(f"{case}/service-requests?type=credit_limit_increase"))
    wrong = words(ben.post(f"{case}/service-requests", LIMIT | {"income": "much"}), 422)
    assert "This does not fit" in wrong and 'value="3000"' in wrong
    here = ben.post(f"{case}/service-requests", LIMIT).headers["Location"]
    assert "€3,000.00" in words(ben.get(here))
    ben.post(f"{here}/acts/step", {"words": "all there"})
    assert "Last payslip" in words(ben.get(here)) and "Ask the customer" in words(ben.get(here))
    file = SimpleUploadedFile("slip.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    assert ben.post(f"{here}/acts/paper", {"paper": "payslip", "file": file}).status_code == 302
    paper = db.value("SELECT id FROM requests_paper WHERE state = 'received'")
    assert ben.get(f"{here}/papers/{paper}").headers["Content-Disposition"] == "attachment"
    ben.post(f"{here}/acts/judgement", {"paper": paper, "is_right": "1"})
    ben.post(f"{here}/acts/step", {})
    assert "Income of at least 1,500" in words(ben.get(here))
    assert "Say why it is denied" in words(ben.post(f"{here}/acts/decision", {"decision": "deny"}), 422)
    assert ben.post(f"{here}/acts/decision", {"decision": "approve"}).status_code == 302
    assert "Carried out" in words(ben.get(here))
    assert "Credit limit increase" in words(ben.get("/service-requests?type=credit_limit_increase&mine=1"))
    assert words(signed_in(shop.world.cleo).get(here), 404)


def test_a_type_is_made_on_the_screen_and_nothing_but_saving_keeps_it(shop: Shop) -> None:
    ada = signed_in(shop.world.ada)
    assert "Loan application" in words(ada.get("/settings/service-requests"))
    page = words(ada.get("/settings/service-requests/loan_application"))
    assert "Last three payslips" in page and "Monthly income in EUR" in page
    made = {
        "code": "copy_of_a_bill", "title-en": "Copy of a bill", "row": ["f0"], "f0-kind": "text", "f0-label-en": "Which bill?", "step": ["s0", "s1"],
        "s0-kind": "decision", "s0-name-en": "Decide", "s0-hours": "8", "s1-kind": "letter", "s1-name-en": "Send it",
        "letter-approved-en": "Here it is.",
        "for_customers": "1", "reason-row": ["r0"], "r0-words-en": "It is not yours.",
    }  # fmt: skip
    assert "Check" in words(ada.post("/settings/service-requests/new", made | {"act": "step-add:check"}))
    assert type_by_code("copy_of_a_bill") is None
    assert "exactly one step" in words(
        ada.post("/settings/service-requests/new", made | {"step": ["s1"], "act": "save"}), 422
    )
    assert ada.post("/settings/service-requests/new", made | {"act": "save"}).status_code == 302
    found = type_by_code("copy_of_a_bill")
    assert found is not None
    content = found.content
    assert [(one.key, one.kind, one.hours) for one in content.steps] == [
        ("decide", "decision", 8),
        ("send_it", "letter", None),
    ]
    assert ([one.key for one in content.fields], content.for_customers, [one.code for one in content.reasons]) == (
        ["which_bill"], True, ["it_is_not_yours"],
    )  # fmt: skip
    assert words(signed_in(shop.world.ben).get("/settings/service-requests/new"), 403)


def test_a_subscription_is_begun_changed_and_left_with_an_offer(shop: Shop) -> None:
    ada, ben, case = signed_in(shop.world.ada), signed_in(shop.world.ben), shop.world.case
    who, by = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
    club = add_product(
        who, NewProduct("C-1", "Club", billing="subscription", terms={"period": "month"}), by=by, at=NOON
    )
    large, small = (
        add_variant(who, club, NewVariant(sku, price, "EUR"), by=by, at=NOON)
        for sku, price in (("L", 3000), ("S", 1200))
    )
    begun = ben.post(f"/conversations/{case}/subscriptions", {"variant": large, "quantity": 1, "method": shop.card})
    here = begun.headers["Location"].partition("?")[0]
    assert "€30.00 a month" in words(ben.get(f"{here}?case={case}"))
    shown = words(ben.post(f"{here}/plan", {"case": case, "variant": small, "quantity": 1}))
    assert "€18.00 is kept for the next charges" in shown
    assert "discount" in words(ada.post("/settings/retention", {"act": "add:discount"}))
    offers = {
        "row": ["o0"],
        "o0-kind": "discount",
        "o0-percent": "50",
        "o0-periods": "2",
        "o0-words-en": "Half price?",
        "o0-active": "1",
    }
    assert ada.post("/settings/retention", offers | {"act": "save"}).status_code == 302
    leaving = {"case": case, "reason": "too_expensive", "when": "end"}
    assert "50% off for 2 periods: €15.00 each" in words(ben.post(f"{here}/cancellation", leaving))
    assert ben.post(f"{here}/cancellation", leaving | {"do": "leave"}).status_code == 302
    assert "Stays after all" in words(ben.get(f"{here}?case={case}"))
    assert ben.post(f"{here}/acts/keep", {"case": case}).status_code == 302
    assert ben.post(f"{here}/acts/pause", {"case": case, "periods": "1"}).status_code == 302
    assert "Resume" in words(ben.get(f"{here}?case={case}"))
    assert "Club" in words(ben.get("/subscriptions?state=paused"))
    assert words(signed_in(shop.world.cleo).get(here), 404)
