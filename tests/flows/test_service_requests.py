"""Service requests, told as what happens: asked for, checked, decided within one's authority, carried out once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from careline.domain.approvals.rules.limits import Limit
from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.rules.portal import Viewer
from careline.domain.desk.queries.service_requests import Filter, requests_page
from careline.domain.history.actor import agent
from careline.domain.requests.queries.types import type_by_code
from careline.domain.requests.rules.usual import usual_types
from careline.domain.staff.rules import Forbidden
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.decide_approval import decide_approval
from careline.flows.decide_service_request import (
    Deciding,
    answer_offer,
    answer_own_offer,
    decide_service_request,
)
from careline.flows.keep_limits import keep_deadlines, keep_limit
from careline.flows.keep_service_request_types import add_type, add_usual_types, change_type, open_type
from careline.flows.open_service_request import Opening, ask_for_service, open_service_request
from careline.flows.work_on_service_request import (
    PaperGiven,
    ask_for_papers,
    finish_step,
    hand_in_paper,
    judge_paper,
    letter_text,
    receive_paper,
    send_letter,
    withdraw_own_request,
    withdraw_service_request,
    work_on_service_requests,
)
from careline.kit import db
from careline.kit.money import Money
from tests.shop import identify_carol, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LIMIT = {"amount": ["3000"], "income": ["2400"], "why": ["a bike"]}


class Bank:
    """The usual types; Ben may raise a limit to 1,000, Ada to anything. Carol is identified on her case."""

    def __init__(self) -> None:
        self.shop = open_shop()
        self.world, self.ben, self.by = self.shop.world, self.shop.ben, self.shop.by
        self.ada, self.as_ada = self.world.person(self.world.ada), agent(self.world.ada.pk)
        add_usual_types(self.ada, by=self.as_ada, at=NOON)
        most = Limit("credit_limit_increase", money=Money(100_000, "EUR"), role="representative")
        keep_limit(self.ada, most, by=self.as_ada, at=NOON)
        self.carol = Viewer(self.world.carol, "Carol", (self.world.carol,), ("carol@example.com",))

    def asks(self, type: str = "credit_limit_increase", values: dict[str, list[str]] | None = None) -> int:
        asked = Opening(self.world.case, type, LIMIT if values is None else values)
        return open_service_request(self.ben, asked, by=self.by, at=NOON)

    def is_at_the_decision(self, **more: Any) -> int:
        key = self.asks(**more)
        self.checks(key)
        if self.step(key).kind == "papers":
            paper = receive_paper(self.ben, key, PaperGiven("payslip", "slip.pdf", PDF), by=self.by, at=NOON)
            judge_paper(self.ben, key, paper, is_right=True, by=self.by, at=NOON)
            finish_step(self.ben, key, by=self.by, at=NOON)
        return key

    def checks(self, key: int) -> None:
        finish_step(self.ben, key, words="all there", by=self.by, at=NOON)

    def decides(self, key: int, act: str = "approve", **more: Any) -> Any:
        return decide_service_request(self.ben, key, Deciding(act, **more), by=self.by, at=NOON)

    def row(self, key: int) -> Any:
        return db.row("SELECT * FROM requests_request WHERE id = %s", [key])

    def step(self, key: int) -> Any:
        return db.row("SELECT * FROM requests_step WHERE request_id = %s AND state = 'current'", [key])

    def steps(self, key: int) -> list[tuple[str, str]]:
        found = db.rows("SELECT key, state FROM requests_step WHERE request_id = %s ORDER BY position", [key])
        return [tuple(row) for row in found]

    def card(self) -> dict[str, Any]:
        return dict(db.value("SELECT fields FROM customers_customer WHERE id = %s", [self.world.carol]))

    def counted(self) -> int:
        """What counts toward anybody's limits."""
        return int(db.value("SELECT coalesce(sum(amount), 0) FROM approvals_use WHERE reversed_at IS NULL"))

    def said(self) -> list[str]:
        found = db.rows("SELECT name FROM history WHERE subject_kind = 'service_request' ORDER BY id")
        return [row.name.removeprefix("service_request.") for row in found]


@pytest.fixture
def bank() -> Bank:
    return Bank()


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert getattr(refused.value, "code", "") == code


def test_a_credit_limit_above_the_agents_limit_is_approved_by_a_supervisor_and_carried_out_once(bank: Bank) -> None:
    key = bank.is_at_the_decision()
    decided = bank.decides(key)
    assert (decided.request is not None, bank.row(key).outcome, bank.card()) == (True, "", {})
    refuses("waits_for_approval", lambda: bank.decides(key))
    assert decide_approval(bank.ada, decided.request, "approve", by=bank.as_ada, at=NOON) == "approved"
    row = bank.row(key)
    assert (row.outcome, row.carried, row.decided_by_id, bank.card()) == (
        "approved", {"field:credit_limit": True}, bank.ada.id, {"credit_limit": 3000},
    )  # fmt: skip
    refuses("not_this_step", lambda: bank.decides(key))
    text = letter_text(bank.ben, key)
    assert text == "Dear Carol,\n\nyour credit limit is €3,000.00 from today."
    send_letter(bank.ben, key, text, by=bank.by, at=NOON)
    assert (bank.row(key).state, [state for _, state in bank.steps(key)]) == ("done", ["done"] * 4)
    assert bank.said().count("carried_out") == 1
    refuses("request_done", lambda: bank.decides(key))


def test_within_ones_authority_it_is_done_at_once(bank: Bank) -> None:
    key = bank.is_at_the_decision(values={**LIMIT, "amount": ["1000"]})
    assert (bank.decides(key).request, bank.card()) == (None, {"credit_limit": 1000})


def test_a_denied_request_changes_nothing_and_only_the_letter_is_left(bank: Bank) -> None:
    key = bank.is_at_the_decision()
    refuses("reason_missing", lambda: bank.decides(key, "deny"))
    refuses("no_such_reason", lambda: bank.decides(key, "deny", reason="mood"))
    bank.decides(key, "deny", reason="income")
    assert (bank.row(key).outcome, bank.card(), bank.step(key).kind) == ("denied", {}, "letter")
    assert letter_text(bank.ben, key) == "Dear Carol,\n\nwe can't raise your limit. Your income does not cover it."


def test_what_a_supervisor_changes_is_offered_and_carried_out_when_the_customer_agrees(bank: Bank) -> None:
    key = bank.is_at_the_decision()
    request = bank.decides(key).request
    assert decide_approval(bank.ada, request, "approve", minor=200_000, by=bank.as_ada, at=NOON) == "approved"
    assert (bank.row(key).state, bank.row(key).offer, bank.card()) == ("waiting", {"amount": 200_000}, {})
    refuses("offer_open", lambda: bank.decides(key))
    answer_own_offer(bank.carol, key, is_accepted=True, at=NOON)
    assert (bank.row(key).amount, bank.card(), bank.step(key).kind) == (200_000, {"credit_limit": 2000}, "letter")
    refuses("no_offer", lambda: answer_own_offer(bank.carol, key, is_accepted=True, at=NOON))


def test_an_offer_that_is_declined_is_decided_anew(bank: Bank) -> None:
    key = bank.is_at_the_decision()
    bank.decides(key, "offer", money=Money(50_000, "EUR"))
    assert (bank.row(key).state, bank.counted()) == ("waiting", 50_000)
    answer_offer(bank.ben, key, is_accepted=False, by=bank.by, at=NOON)
    assert (bank.row(key).state, bank.row(key).offer, bank.step(key).kind) == ("open", None, "decision")
    assert bank.counted() == 0
    refuses("bad_amount", lambda: bank.decides(key, "offer"))
    refuses("other_currency", lambda: bank.decides(key, "offer", money=Money(100, "USD")))


def test_an_approved_offer_that_is_not_taken_counts_toward_nobodys_limit(bank: Bank) -> None:
    for declines in (True, False):
        key = bank.is_at_the_decision()
        decide_approval(bank.ada, bank.decides(key).request, "approve", minor=200_000, by=bank.as_ada, at=NOON)
        assert bank.counted() == 200_000
        if declines:
            answer_own_offer(bank.carol, key, is_accepted=False, at=NOON)
        else:
            withdraw_own_request(bank.carol, key, at=NOON)
        assert bank.counted() == 0


def test_waiting_for_papers_stops_the_clock_and_a_rejected_one_is_asked_for_again(bank: Bank) -> None:
    key = bank.asks()
    bank.checks(key)
    assert (bank.row(key).state, bank.step(key).due_at, bank.step(key).seconds_left) == ("waiting", None, 72 * 3600)
    refuses("papers_missing", lambda: finish_step(bank.ben, key, by=bank.by, at=NOON))
    ask_for_papers(bank.ben, key, letter_text(bank.ben, key), by=bank.by, at=NOON)
    assert "- Last payslip" in db.value(
        "SELECT text FROM conversations_message WHERE kind = 'reply' ORDER BY id DESC LIMIT 1"
    )
    first = hand_in_paper(bank.carol, key, PaperGiven("payslip", "slip.pdf", PDF), at=NOON + 9 * DAY)
    assert (bank.row(key).state, bank.step(key).due_at) == ("open", NOON + 12 * DAY)
    refuses("paper_not_asked", lambda: hand_in_paper(bank.carol, key, PaperGiven("payslip", "b.pdf", PDF), at=NOON))
    refuses("reason_missing", lambda: judge_paper(bank.ben, key, first, is_right=False, by=bank.by, at=NOON))
    judge_paper(bank.ben, key, first, is_right=False, reason="too old", by=bank.by, at=NOON + 9 * DAY)
    assert bank.row(key).state == "waiting"
    refuses("papers_missing", lambda: finish_step(bank.ben, key, by=bank.by, at=NOON))
    second = receive_paper(bank.ben, key, PaperGiven("payslip", "slip2.pdf", PDF), by=bank.by, at=NOON + 10 * DAY)
    judge_paper(bank.ben, key, second, is_right=True, by=bank.by, at=NOON + 10 * DAY)
    finish_step(bank.ben, key, by=bank.by, at=NOON + 10 * DAY)
    kept = db.rows(
        "SELECT state, reason, file_id IS NOT NULL AS there FROM requests_paper WHERE request_id = %s ORDER BY id",
        [key],
    )
    assert ([tuple(one) for one in kept], bank.step(key).kind) == (
        [("rejected", "too old", True), ("checked", "", True)], "decision",
    )  # fmt: skip


def test_a_file_that_is_not_what_it_says_is_refused_and_asked_for_still(bank: Bank) -> None:
    key = bank.asks()
    bank.checks(key)
    refuses(
        "file_type", lambda: hand_in_paper(bank.carol, key, PaperGiven("payslip", "slip.pdf", b"MZ\x90\x00"), at=NOON)
    )
    refuses("file_size", lambda: hand_in_paper(bank.carol, key, PaperGiven("payslip", "slip.pdf", b""), at=NOON))
    assert bank.row(key).state == "waiting"


def test_a_step_that_takes_too_long_is_said_to_be_late_once(bank: Bank) -> None:
    key = bank.asks()
    assert [work_on_service_requests(at=NOON + n * HOUR) for n in (23, 24, 25)] == [0, 1, 0]
    found = requests_page(bank.ben, Filter(is_late=True))
    assert ([row.id for row in found], bank.said()[-1]) == ([key], "late")


def test_steps_are_due_in_opening_hours_where_the_company_counts_those(bank: Bank) -> None:
    week = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
    office = CalendarChange(name="Office", time_zone="UTC", periods=week, country="DE", region="")
    keep_deadlines(bank.ada, add_calendar(bank.ada, office, by=bank.as_ada, at=NOON), by=bank.as_ada, at=NOON)
    key = bank.asks()  # on a Friday at noon
    wednesday, saturday = NOON + timedelta(days=5), NOON + timedelta(days=1)
    assert bank.step(key).due_at == wednesday
    bank.checks(key)
    assert (bank.step(key).due_at, bank.step(key).seconds_left) == (None, 72 * 3600)
    paper = hand_in_paper(bank.carol, key, PaperGiven("payslip", "slip.pdf", PDF), at=saturday)
    judge_paper(bank.ben, key, paper, is_right=True, by=bank.by, at=saturday)
    assert bank.step(key).due_at == datetime(2026, 12, 3, 17, tzinfo=UTC)  # nine days of eight hours, from Monday on


def test_what_does_not_fit_is_named_and_nothing_is_opened(bank: Bank) -> None:
    for values, wrong in (
        ({}, ["amount", "income"]),
        ({**LIMIT, "amount": ["-3"]}, ["amount"]),
        ({**LIMIT, "x": ["1"]}, ["x"]),
    ):
        with pytest.raises(Refused) as refused:
            bank.asks(values=values)
        assert sorted(refused.value.wrong) == wrong  # type: ignore[attr-defined]
    refuses("bad_amount", lambda: bank.asks(values={**LIMIT, "amount": ["3000.001"]}))
    assert db.value("SELECT count(*) FROM requests_request") == 0


def test_only_for_a_customer_who_is_identified_on_the_case(bank: Bank) -> None:
    db.execute("DELETE FROM conversations_identification")
    refuses("not_identified", bank.asks)
    identify_carol(bank.shop)
    assert bank.row(bank.asks()).customer_id == bank.world.carol


def test_an_account_change_is_carried_out_on_the_card_as_far_as_it_was_asked_for(bank: Bank) -> None:
    values = {
        "what": ["name", "bank"],
        "new_name": ["Carol Rider"],
        "new_bank": ["DE89 3704 0044 0532 0130 00"],
        "new_address": ["not asked"],
    }
    key = bank.is_at_the_decision(type="account_change", values=values)
    assert "new_address" not in bank.row(key).values
    bank.decides(key)
    assert db.value("SELECT name FROM customers_customer WHERE id = %s", [bank.world.carol]) == "Carol Rider"
    assert db.value("SELECT last_four FROM orders_method WHERE kind = 'bank'") == "3000"


def test_what_can_not_be_carried_out_is_not_approved_either(bank: Bank) -> None:
    key = bank.is_at_the_decision(type="policy_cancellation", values={"policy": ["S99"]})
    refuses("no_such_subscription", lambda: bank.decides(key))
    assert (bank.row(key).outcome, bank.step(key).kind) == ("", "decision")


def test_the_customer_asks_on_their_own_pages_and_sent_twice_it_is_one(bank: Bank) -> None:
    keys = {
        ask_for_service(bank.carol, "credit_limit_increase", LIMIT, token="t1", came_by="carol@example.com", at=NOON)
        for _ in range(2)
    }
    row = bank.row(keys.pop())
    assert (keys, row.origin, row.customer_id, row.opened_by_id) == (set(), "portal", bank.world.carol, None)
    how = db.value("SELECT how FROM conversations_identification WHERE conversation_id = %s", [row.conversation_id])
    assert how == "portal"
    other = replace(bank.carol, customer=0, people=(0,))
    with pytest.raises(NotFound):
        withdraw_own_request(other, row.id, at=NOON)
    withdraw_own_request(bank.carol, row.id, at=NOON)
    assert bank.row(row.id).state == "withdrawn"


def test_a_running_request_keeps_the_version_it_was_begun_with(bank: Bank) -> None:
    key = bank.asks("account_change", {"what": ["name"], "new_name": ["C."]})
    shorter = replace(usual_types()["account_change"], steps=usual_types()["account_change"].steps[1:])
    assert change_type(bank.ada, "account_change", shorter, by=bank.as_ada, at=NOON).version == 2
    assert change_type(bank.ada, "account_change", shorter, by=bank.as_ada, at=NOON).version == 2
    later = bank.asks("account_change", {"what": ["name"], "new_name": ["C."]})
    assert ([key for key, _ in bank.steps(key)], [key for key, _ in bank.steps(later)]) == (
        ["check", "decision", "letter"], ["decision", "letter"],
    )  # fmt: skip


def test_a_type_that_can_not_be_is_refused_with_one_sentence(bank: Bank) -> None:
    good = usual_types()["credit_limit_increase"]
    for bad in (
        replace(good, name={}), replace(good, steps=good.steps[:2]), replace(good, papers=()), replace(good, amount="why"),
        replace(good, currency="EURO"), replace(good, effects=(replace(good.effects[0], target="field:none"),)),
    ):  # fmt: skip
        refuses(
            "bad_type", lambda bad=bad: change_type(bank.ada, "credit_limit_increase", bad, by=bank.as_ada, at=NOON)
        )
    refuses("bad_type", lambda: add_type(bank.ada, "refund", good, by=bank.as_ada, at=NOON))
    with pytest.raises(Forbidden):
        change_type(bank.ben, "credit_limit_increase", good, by=bank.by, at=NOON)
    open_type(bank.ada, "credit_limit_increase", is_open=False, by=bank.as_ada, at=NOON)
    refuses("type_closed", bank.asks)
    found = type_by_code("credit_limit_increase")
    assert found is not None and (found.version, found.is_open) == (1, False)


def test_who_looked_at_an_older_state_is_told_and_nobody_of_another_team_sees_it(bank: Bank) -> None:
    key = bank.asks()
    bank.checks(key)
    refuses("request_changed", lambda: finish_step(bank.ben, key, seen=1, by=bank.by, at=NOON))
    cleo = bank.world.person(bank.world.cleo)
    with pytest.raises(NotFound):
        withdraw_service_request(cleo, key, by=agent(cleo.id), at=NOON)
    assert (requests_page(cleo, Filter()), [row.id for row in requests_page(bank.ben, Filter())]) == ([], [key])
