"""Ben may give 50 euros away. What is more goes to somebody who may, and is done once, when it was approved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from careline.automation.rules.acts import act
from careline.domain.approvals.commands import limits
from careline.domain.approvals.queries.authority import limit_by_id
from careline.domain.approvals.queries.requests import request_by_id
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import CASE, CUSTOMER, DAY, Limit
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.desk.queries.approvals import MINE, WAITING, approvals, count_for
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.knowledge.commands.canned import add_reply
from careline.domain.staff import commands as staff
from careline.domain.staff.models import Agent
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Forbidden
from careline.domain.staff.standing_in import name_deputy
from careline.domain.triggers.queries.rules import rules
from careline.flows import approved_actions
from careline.flows.ask_approval import UnknownAction, ask_approval
from careline.flows.authorise import AlreadyAsked, Denied, Wish
from careline.flows.change_rule import WrittenRule, add_rule
from careline.flows.decide_approval import (
    AlreadyDecided,
    BeyondAuthority,
    OwnRequest,
    withdraw_approval,
)
from careline.flows.keep_limits import remove_limit
from careline.flows.merge import merge
from careline.flows.pass_on_approval import MayNotDecide, pass_on_approval
from careline.flows.resolve import ApprovalPending, resolve
from careline.flows.unmerge import unmerge
from careline.kit import db
from careline.kit.money import Money
from tests.stories.approving import HOUR, Shop
from tests.stories.desk import Desk, all_at_once, mail
from tests.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


def test_more_than_one_may_give_goes_to_whoever_may_and_is_done_once(shop: Shop) -> None:
    request = shop.asks(300)
    assert (shop.asked(request), shop.notes, shop.given, shop.pending) == (shop.ada, [], [], 1)
    with pytest.raises(ApprovalPending) as stopped:
        resolve(shop.desk.ben, shop.case, by=agent(shop.ben), at=shop.at)
    assert stopped.value.code == "approval_pending"
    assert shop.decides(shop.ada, request) == "approved"
    assert (shop.notes, shop.given, shop.pending) == (["Goodwill of €300.00 was given."], [(shop.ada, 30000)], 0)
    with pytest.raises(AlreadyDecided, match="Ada has approved this already"):
        shop.decides(shop.ada, request, "deny")
    assert (shop.notes, len(shop.given)) == (["Goodwill of €300.00 was given."], 1)
    resolve(shop.desk.ben, shop.case, by=agent(shop.ben), at=shop.at)
    assert shop.steps(request) == [("asked", shop.ada), ("approved", None), ("carried", None)]
    names = db.rows(
        "SELECT name FROM history WHERE subject_kind = 'approval' AND subject_key = %s ORDER BY id", [request]
    )
    assert [row.name for row in names] == ["approval.asked", "approval.approved", "approval.carried_out"]


def test_what_is_within_the_limit_is_done_at_once(shop: Shop) -> None:
    done = shop.gives(50)
    assert (done.request, shop.notes, shop.given) == (None, ["Goodwill of €50.00 was given."], [(shop.ben, 5000)])
    assert shop.pending == 0


def test_the_lowest_who_may_is_asked_then_the_next_when_they_are_silent(shop: Shop) -> None:
    request = shop.asks(120)
    assert shop.asked(request) == shop.lea
    assert count_for(person(shop.lea)) == 1 and count_for(shop.desk.ada) == 0
    assert shop.works(3 * HOUR) == 0
    assert shop.works(HOUR) == 1
    assert shop.steps(request) == [("asked", shop.lea), ("silent", shop.ada)]
    shop.works(4 * HOUR)
    assert shop.steps(request)[-1] == ("reminded", shop.ada)
    assert shop.decides(shop.lea, request) == "approved"  # late, but still hers to decide


def test_nobody_decides_on_their_own_request_nor_through_a_deputy(shop: Shop) -> None:
    shop.has({"outcome": "approval", "four_eyes": True, "actions": ["goodwill"]})
    own = shop.asks(20, shop.ada)
    assert shop.asked(own) is None or shop.asked(own) != shop.ada
    with pytest.raises(OwnRequest):
        shop.decides(shop.ada, own)
    cleo = shop.desk.world.cleo
    name_deputy(
        shop.desk.world.ada, deputy_id=cleo.pk, starts_at=NOON, ends_at=NOON + 8 * HOUR, by=agent(shop.ada), at=NOON
    )
    shop.at = NOON + HOUR
    with pytest.raises((BeyondAuthority, Forbidden, NotFound)):
        shop.decides(cleo.pk, own)
    assert (shop.given, shop.notes) == ([], [])


def test_whoever_stands_in_is_asked_and_decides_by_the_absent_ones_authority(shop: Shop) -> None:
    sam = shop.hires("Sam", "representative")
    lea = Agent.objects.get(pk=shop.lea)
    name_deputy(lea, deputy_id=sam, starts_at=NOON, ends_at=NOON + 8 * HOUR, by=agent(shop.lea), at=NOON)
    shop.at = NOON + HOUR
    request = shop.asks(120)
    assert shop.asked(request) == sam
    assert shop.decides(sam, request) == "approved"
    assert shop.given == [(shop.lea, 12000)]
    assert request_by_id(request).on_behalf_of_id == shop.lea


def test_another_amount_is_approved_within_the_deciders_own_limit(shop: Shop) -> None:
    request = shop.asks(300)
    with pytest.raises(BeyondAuthority):
        shop.decides(shop.lea, request)
    with pytest.raises(Refused, match="more than nothing"):
        shop.decides(shop.lea, request, minor=-5)
    assert shop.decides(shop.lea, request, minor=15000) == "approved"
    row = request_by_id(request)
    assert (row.amount, row.decided_amount, shop.notes) == (30000, 15000, ["Goodwill of €150.00 was given."])


def test_a_larger_amount_than_was_asked_for_needs_whoever_the_policy_names_for_it(shop: Shop) -> None:
    over = {"fact": "amount", "over": {"amount": "100.00", "currency": "EUR"}}
    shop.has({"outcome": "approval", "approver": {"by": "role", "role": "manager"}, "when": [over]})
    request = shop.asks(80)
    with pytest.raises(BeyondAuthority):
        shop.decides(shop.lea, request, minor=15000)
    assert (shop.given, shop.decides(shop.lea, request, minor=9000)) == ([], "approved")


def test_a_policy_forbids_also_the_amount_that_was_changed(shop: Shop) -> None:
    shop.has(
        {
            "outcome": "deny",
            "code": "too_much",
            "when": [{"fact": "amount", "over": {"amount": "500.00", "currency": "EUR"}}],
        }
    )
    request = shop.asks(300)
    with pytest.raises(Denied) as stopped:
        shop.decides(shop.ada, request, minor=60000)
    assert (stopped.value.code, shop.given, request_by_id(request).state) == ("too_much", [], "waiting")


def test_what_is_denied_is_not_done_and_the_case_can_be_resolved(shop: Shop) -> None:
    request = shop.asks(300)
    assert shop.decides(shop.lea, request, "deny", words="A bell is enough.") == "denied"
    assert (shop.notes, shop.given, shop.pending, request_by_id(request).answer) == ([], [], 0, "A bell is enough.")


def test_the_policy_refuses_with_its_sentence_and_changes_nothing_but_the_record(shop: Shop) -> None:
    sentences = {"en": "We take things back for 30 days.", "de": "Wir nehmen 30 Tage lang zurück."}
    late = [{"fact": "days_since_delivery", "over": 30}]
    shop.has({"outcome": "deny", "code": "window_over", "when": late, "sentences": sentences})
    with pytest.raises(Denied, match="for 30 days") as stopped:
        shop.gives(10, facts={"days_since_delivery": 31})
    assert (stopped.value.code, shop.notes, shop.pending) == ("window_over", [], 0)
    told = db.row("SELECT outcome, code, rule FROM approvals_decision")
    assert tuple(told) == ("deny", "window_over", "rule_1")
    assert db.value("SELECT count(*) FROM history WHERE name = 'approval.refused'") == 1
    assert shop.gives(10, facts={"days_since_delivery": 30}).is_allowed


def test_the_same_is_not_asked_for_twice_and_may_be_taken_back(shop: Shop) -> None:
    request = shop.asks(300)
    with pytest.raises(AlreadyAsked) as stopped:
        shop.gives(300)
    assert stopped.value.request == request
    with pytest.raises(Refused):
        withdraw_approval(shop.desk.ada, request, by=agent(shop.ada), at=shop.at)
    withdraw_approval(shop.desk.ben, request, by=agent(shop.ben), at=shop.at)
    assert (shop.pending, request_by_id(request).state) == (0, "withdrawn")
    with pytest.raises(AlreadyDecided, match="taken it back"):
        shop.decides(shop.ada, request)
    assert shop.asks(300) != request


def test_limits_hold_for_a_case_a_customer_and_a_day_together(shop: Shop) -> None:
    shop.may("representative", 80, per=CASE)
    shop.may("representative", 120, per=CUSTOMER)
    shop.may("representative", 100, per=DAY)
    shop.gives(45)
    assert shop.gives(40).decision.code == "over_case_limit"
    shop.case = shop.desk.comes(mail(subject="The saddle")).number  # Carol's second case
    shop.gives(50)
    shop.case = shop.desk.comes(mail("dan@example.org", subject="The pump")).number
    assert shop.gives(10).decision.code == "over_day_limit"
    shop.at += 25 * HOUR
    assert shop.gives(10).is_allowed
    shop.case = shop.desk.comes(mail(subject="The lamp")).number
    assert shop.gives(30).decision.code == "over_customer_limit"


def test_another_currency_goes_by_the_days_rate_and_without_one_to_somebody_else(shop: Shop) -> None:
    assert shop.gives(40, currency="USD").decision.code == "no_rate"
    limits.save_rate("USD", "EUR", on=NOON.date(), rate=Decimal("0.9"), by=SYSTEM, at=shop.at)
    assert shop.gives(50, currency="USD").is_allowed
    assert shop.gives(60, currency="USD").decision.code == "over_limit"


def test_limits_that_change_while_it_waits_are_those_that_count(shop: Shop) -> None:
    request = shop.asks(120)
    assert shop.asked(request) == shop.lea
    shop.may("team_lead", 100)
    with pytest.raises(BeyondAuthority):
        shop.decides(shop.lea, request)
    assert shop.decides(shop.ada, request) == "approved"


def test_whoever_leaves_leaves_no_request_behind(shop: Shop) -> None:
    request = shop.asks(120)
    staff.deactivate(Agent.objects.get(pk=shop.lea), by=SYSTEM, at=shop.at)
    shop.hears("agent.deactivated")
    assert shop.steps(request) == [("asked", shop.lea), ("gone", shop.ada)]
    assert shop.decides(shop.ada, request) == "approved"


def test_what_waits_for_somebody_who_is_absent_from_now_on_goes_to_their_deputy(shop: Shop) -> None:
    request = shop.asks(120)
    sam = shop.hires("Sam", "representative")
    lea = Agent.objects.get(pk=shop.lea)
    name_deputy(lea, deputy_id=sam, starts_at=NOON, ends_at=NOON + 8 * HOUR, by=agent(shop.lea), at=NOON)
    shop.hears("deputy.began")
    assert shop.steps(request) == [("asked", shop.lea), ("delegated", sam)]


def test_a_request_is_passed_on_only_to_somebody_who_may(shop: Shop) -> None:
    request = shop.asks(300)
    for nobody in (shop.ben, shop.lea, shop.desk.world.cleo.pk):
        with pytest.raises(MayNotDecide):
            pass_on_approval(shop.desk.ada, request, to=nobody, by=agent(shop.ada), at=shop.at)
    vic = shop.hires("Vic", "manager")
    pass_on_approval(shop.desk.ada, request, to=vic, by=agent(shop.ada), at=shop.at)
    assert (shop.asked(request), [row.id for row in approvals(person(vic), MINE)]) == (vic, [request])


def test_what_can_not_be_done_any_more_is_approved_and_shown_as_failed(shop: Shop, monkeypatch: Any) -> None:
    def sold_out(*_: Any) -> dict[str, Any]:
        raise Refused("It is sold out.")

    request = shop.asks(300)
    monkeypatch.setitem(approved_actions.ACTIONS, "goodwill", sold_out)
    assert shop.decides(shop.ada, request) == "failed"
    assert (request_by_id(request).failure, shop.given, shop.pending) == ("It is sold out.", [], 0)


def test_an_approval_waits_on_the_case_that_holds_everything_after_a_merge(shop: Shop) -> None:
    other = shop.desk.comes(mail(subject="The saddle")).number
    request = shop.asks(300)
    merged = merge(shop.desk.ada, shop.case, other, by=shop.desk.by, at=shop.at)
    assert shop.desk.case(other).pending_approvals == 1
    with pytest.raises(ApprovalPending):
        resolve(shop.desk.ada, other, by=shop.desk.by, at=shop.at)
    unmerge(shop.desk.ada, other, merged.key, by=shop.desk.by, at=shop.at)
    assert (shop.desk.case(other).pending_approvals, shop.pending) == (0, 1)
    merge(shop.desk.ada, shop.case, other, by=shop.desk.by, at=shop.at)
    assert shop.decides(shop.ada, request) == "approved"
    assert shop.desk.case(other).pending_approvals == 0


def test_who_may_not_see_the_case_is_neither_asked_nor_told_that_there_is_anything(shop: Shop) -> None:
    request = shop.asks(300)
    with pytest.raises(NotFound):
        shop.decides(shop.desk.world.cleo.pk, request)
    with pytest.raises(Forbidden):
        shop.decides(shop.ben, request)


def test_a_rule_asks_for_approval_where_a_person_would(shop: Shop) -> None:
    action = {"do": "ask_approval", "action": "goodwill", "amount": "10 EUR", "words": "She waits for the third time."}
    key = add_rule(shop.desk.ada, WrittenRule("Waits", whens=["opened"], actions=[action]), by=shop.desk.by, at=shop.at)
    (row,) = [row for row in rules() if row.id == key]
    assert row.actions == [{**action, "amount": "10.00 EUR"}]
    assert act(shop.case, row.actions, rule=key, run=1, answers=None, at=shop.at) == [{"do": "ask_approval"}]
    (again,) = act(shop.case, row.actions, rule=key, run=2, answers=None, at=shop.at)
    assert again["code"] == "already_asked"
    (request,) = approvals(shop.desk.ada, WAITING)
    assert (request.asker_name, request.asked_kind, request.words) == (None, "rule", action["words"])
    assert shop.decides(shop.lea, request.id) == "approved"


def test_an_exception_is_never_ones_own_to_make(shop: Shop) -> None:
    wish = Wish("exception", ("conversation", shop.case), Facts(), words="He has no receipt any more.")
    done = ask_approval(shop.desk.ben, shop.case, wish, by=agent(shop.ben), at=shop.at)
    assert (done.decision.code, shop.asked(done.request or 0)) == ("exception", shop.lea)
    assert shop.decides(shop.lea, done.request or 0) == "approved"
    assert shop.given == []


def test_what_needs_more_than_words_is_not_asked_for_by_hand(shop: Shop) -> None:
    for action in ("refund", "moon"):
        with pytest.raises(UnknownAction):
            shop.gives(5, action=action)
    assert (shop.given, shop.pending) == ([], 0)


def test_the_customer_hears_by_itself_what_was_decided(shop: Shop) -> None:
    texts = {"en": {"text": "We have good news about your bike.", "html": ""}}
    reply = add_reply(name="Approved", texts=texts, by=SYSTEM, at=NOON)
    shop.has({"outcome": "approval", "actions": ["goodwill"], "tells": {"approved": reply}, "four_eyes": True})
    request = shop.asks(20)
    shop.decides(shop.ada, request)
    (told,) = [row for row in shop.desk.said_in(shop.case) if row.kind == "reply"]
    assert (told.text, request_by_id(request).told_id) == ("We have good news about your bike.", told.id)


def test_nobody_takes_away_a_limit_that_was_set_for_them(shop: Shop) -> None:
    vic = shop.hires("Vic", "manager")
    key = limits.save_limit(Limit(money=Money(100, "EUR"), agent=vic), by=SYSTEM, at=shop.at)
    with pytest.raises(Refused, match="Nobody sets their own limit"):
        remove_limit(person(vic, at=shop.at), key, by=agent(vic), at=shop.at)
    remove_limit(person(shop.ada, at=shop.at), key, by=agent(shop.ada), at=shop.at)
    assert limit_by_id(key) is None


def test_a_total_that_was_only_said_widens_no_limit_in_percent(shop: Shop) -> None:
    tenth = Limit("goodwill", percent=Decimal(10), agent=shop.ben)
    limits.save_limit(tenth, by=SYSTEM, at=shop.at)
    said = shop.gives(900, facts={"total": Money(1_000_000_00, "EUR")})
    assert (said.is_allowed, said.decision.code, shop.given) == (False, "no_total", [])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_hears_who(busy_desk: Desk) -> None:
    shop = Shop(busy_desk)
    vic = shop.hires("Vic", "manager")
    request = shop.asks(300)
    ends = all_at_once(lambda: shop.decides(shop.ada, request), lambda: shop.decides(vic, request, "deny"))
    assert sorted(type(end).__name__ for end in ends) == ["AlreadyDecided", "str"]
    assert len(shop.given) == len(shop.notes) == int("approved" in ends)


@pytest.mark.django_db(transaction=True)
def test_a_limit_of_the_day_holds_on_two_cases_at_once(busy_desk: Desk) -> None:
    shop = Shop(busy_desk)
    shop.may("representative", 50, per=DAY)
    other = Shop.__new__(Shop)
    other.desk, other.ben, other.at = busy_desk, shop.ben, shop.at
    other.case = busy_desk.comes(mail("dan@example.org", subject="The pump")).number
    ends = all_at_once(lambda: shop.gives(30), lambda: other.gives(30))
    assert sorted(end.decision.code for end in ends) == ["allowed", "over_day_limit"]
    assert shop.given == [(shop.ben, 3000)]
