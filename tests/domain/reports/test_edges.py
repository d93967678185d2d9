"""Edges of what is counted: nothing at all, one case, whoever looks from elsewhere, people who are gone, unmerged cases, prices of an hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import agent
from careline.domain.history.commands import Happening, record
from careline.domain.reports.queries.behind import UNWRITTEN, Number, count_behind
from careline.domain.reports.queries.costs import costs_by
from careline.domain.reports.queries.knowledge_gaps import gaps_of
from careline.domain.reports.queries.reports import report_of
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.measures import COUNT
from careline.domain.staff import commands as staff
from careline.domain.staff.rules import Forbidden
from careline.flows.keep_hour_prices import drop_hour_price, keep_hour_price
from careline.flows.merge import merge
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from careline.flows.unmerge import unmerge
from careline.kit import db
from careline.kit.money import money_of
from tests.domain.reports.histories import catch_up_in_one_transaction as catch_up
from tests.world import NOON, World, make_world, writes_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = Asked(NOON.date(), NOON.date())


@pytest.fixture
def desk() -> World:
    world = make_world()
    catch_up()
    return world


def test_an_empty_period_has_no_cases_and_no_number_besides(desk: World) -> None:
    for name in ("overview", "agents", "voices", "products", "customers"):
        told = report_of(desk.person(desk.ada), name, Asked(date(2025, 1, 1), date(2025, 1, 31)))
        assert {one.measure.key: one.value for one in told.figures} == {
            one.measure.key: 0 if one.measure.kind == COUNT else None for one in told.figures
        }
        assert (told.rows, set(told.backlog)) == ((), {0})


def test_of_one_case_its_numbers_are_told_and_its_shares_only_as_intervals(desk: World) -> None:
    ben, by = desk.person(desk.ben), agent(desk.ben.pk)
    reply(ben, desk.case, Draft(text="It is on its way."), by=by, at=NOON + HOUR)
    resolve(ben, desk.case, by=by, at=NOON + 3 * HOUR)
    catch_up()
    told = {one.measure.key: one for one in report_of(desk.person(desk.ada), "overview", DAY).figures}
    assert (told["opened"].value, told["first_response"].value, told["resolution"].value) == (1, 3600, 3 * 3600)
    assert (told["first_contact"].value, told["first_contact"].is_unsure) == (1, True)
    assert told["first_contact"].interval == pytest.approx((0.2065, 1.0), abs=0.0001)
    assert told["satisfied"].value is None


def test_whoever_looks_from_elsewhere_sees_the_companys_days(desk: World) -> None:
    db.execute("UPDATE company SET time_zone = 'Europe/Berlin'")
    writes_in("Late", text="Hello", mailbox=desk.mailbox, at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    catch_up()
    next_day = Asked(date(2026, 11, 21), date(2026, 11, 21))
    for zone in ("Europe/Berlin", "America/New_York", "Pacific/Auckland"):
        ada = replace(desk.person(desk.ada), time_zone=zone)
        assert [count_behind(ada, asked, Number("opened")) for asked in (DAY, next_day)] == [1, 1]


def test_whoever_left_keeps_their_numbers_and_their_name(desk: World) -> None:
    ben, by = desk.person(desk.ben), agent(desk.ben.pk)
    reply(ben, desk.case, Draft(text="It is on its way.", resolve=True), by=by, at=NOON + HOUR)
    staff.deactivate(desk.ben, by=agent(desk.ada.pk), at=NOON + 2 * HOUR)
    catch_up()
    rows = report_of(desk.person(desk.ada), "agents", DAY).rows
    assert [(row.key, row.label, row.figures[0].value) for row in rows] == [(str(desk.ben.pk), "Ben", 1)]


def test_a_team_that_is_gone_is_told_by_its_number(desk: World) -> None:
    db.execute("UPDATE case_fact SET team_id = 987654")
    db.execute("UPDATE fact_day SET key = '987654' WHERE dim = 'team'")
    rows = report_of(desk.person(desk.ada), "teams", DAY).rows
    assert [(row.key, row.label, row.figures[0].value) for row in rows] == [("987654", "", 1)]


def test_an_unmerged_case_counts_again(desk: World) -> None:
    ada, by = desk.person(desk.ada), agent(desk.ada.pk)
    second = writes_in("Again", text="Where is it?", mailbox=desk.mailbox, at=NOON + HOUR).number
    counts = []
    merged = merge(ada, second or 0, into=desk.case, by=by, at=NOON + 2 * HOUR)
    catch_up()
    counts.append(count_behind(ada, DAY, Number("opened")))
    unmerge(ada, desk.case, merged.key, by=by, at=NOON + 3 * HOUR)
    catch_up()
    counts.append(count_behind(ada, DAY, Number("opened")))
    assert counts == [1, 2]


def test_what_a_case_costs_is_the_work_at_the_price_of_its_day(desk: World) -> None:
    ada, by = desk.person(desk.ada), agent(desk.ada.pk)
    assert costs_by(ada, DAY, "team").now.each is None
    keep_hour_price(ada, money_of("36", "EUR"), since=date(2026, 11, 1), by=by, at=NOON)
    keep_hour_price(ada, money_of("72", "EUR"), since=date(2026, 11, 1), role="representative", by=by, at=NOON)
    keep_hour_price(ada, money_of("90", "EUR"), since=date(2026, 11, 21), role="representative", by=by, at=NOON)
    case = db.value("SELECT id FROM conversations_conversation WHERE number = %s", [desk.case])
    for who, minutes in ((desk.ada, 10), (desk.ben, 5)):
        worked = Happening("conversation.worked", "conversation", desk.case, case, None, {"seconds": 60 * minutes})
        record(worked, by=agent(who.pk), at=NOON + HOUR)
    resolve(desk.person(desk.ben), desk.case, by=agent(desk.ben.pk), at=NOON + 2 * HOUR)
    catch_up()
    told = costs_by(ada, DAY, "team", language="en")
    assert (told.now.total, told.now.each, told.now.cases, told.before.total) == (600 + 600, 1200, 1, None)
    assert [(label, now.each) for _key, label, now, _before in told.rows] == [("Front", 1200)]
    assert [count_behind(ada, DAY, Number(key)) for key in ("handle_time", UNWRITTEN)] == [1, 1]
    assert [(topic, cases, before) for topic, cases, before in gaps_of(ada, DAY).topics] == [(None, 1, 0)]


def test_a_price_that_makes_no_sense_is_refused(desk: World) -> None:
    ada, by = desk.person(desk.ada), agent(desk.ada.pk)
    keep_hour_price(ada, money_of("36", "EUR"), since=date(2026, 11, 1), by=by, at=NOON)
    since = date(2026, 11, 1)
    for amount, currency, more in (
        ("36", "USD", {}), ("-1", "EUR", {}), ("36", "EUR", {"role": "nobody"}), ("36", "EUR", {"team": 99_999}),
        ("36", "EUR", {"role": "team_lead", "team": desk.front.pk}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            keep_hour_price(ada, money_of(amount, currency), since=since, by=by, at=NOON, **more)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        keep_hour_price(desk.person(desk.ben), money_of("36", "EUR"), since=since, by=by, at=NOON)
    with pytest.raises(NotFound):
        drop_hour_price(ada, since=date(2026, 11, 2), by=by, at=NOON)
    drop_hour_price(ada, since=since, by=by, at=NOON)
    assert costs_by(ada, DAY, "team").prices.all == ()
