"""What work cost, and what an hour costs, as programs read and write it; and whose cases a report tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from careline.domain.history.actor import agent
from careline.domain.history.commands import Happening, record
from careline.domain.reports.queries.behind import Number, numbers_behind
from careline.domain.reports.queries.figures import sums_of
from careline.domain.reports.rules.asking import Asked
from careline.domain.staff.rules import Allowed
from careline.kit import db
from tests.domain.reports.histories import catch_up_in_one_transaction as catch_up
from tests.domain.reports.histories import make_cases
from tests.entrypoints.api.conftest import Caller
from tests.world import NOON, World

EUR = {"currency": "EUR"}


def test_prices_of_an_hour_are_given_read_and_taken_away_and_the_costs_follow(ada: Caller, world: World) -> None:
    worked(world, seconds=1800)
    days = f"since={NOON.date()}&until={NOON.date()}"
    assert ada.get(f"/report-costs?{days}")["now"]["total"] is None
    first = ada("POST", "/hour-prices", {"since": "2026-01-01", "cost": {"amount": "40.00", **EUR}})
    made = ada(
        "POST", "/hour-prices", {"since": "2026-06-01", "role": "representative", "cost": {"amount": "50.00", **EUR}}
    )
    assert (first.status, made.status, len(made.json["prices"])) == (201, 201, 2)
    told = ada.get(f"/report-costs?{days}&by=team")
    assert told["now"] == {
        "cases": 1, "seconds": 1800, "unpriced_seconds": 0, "total": {"amount": "25.00", **EUR}, "each": {"amount": "25.00", **EUR},
    }  # fmt: skip
    assert [(row["name"], row["now"]["total"]["amount"], row["before"]["cases"]) for row in told["rows"]] == [
        ("Front", "25.00", 0)
    ]
    left = ada("DELETE", "/hour-prices?since=2026-06-01&role=representative")
    assert [(one["role"], one["cost"]["amount"], one["is_in_force"]) for one in left.json["prices"]] == [
        (None, "40.00", True)
    ]
    assert ada.get(f"/report-costs?{days}")["now"]["total"] == {"amount": "20.00", **EUR}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"since": "2026-01-01", "role": "king", "cost": {"amount": "1.00", **EUR}}, 409, "no role king"),
        (
            {"since": "2026-01-01", "role": "manager", "team": "1", "cost": {"amount": "1.00", **EUR}},
            409,
            "a role or of a team",
        ),
        ({"since": "2026-01-01", "cost": {"amount": "-1.00", **EUR}}, 409, "less than nothing"),
        ({"since": "2026-01-01", "cost": {"amount": "0.001", **EUR}}, 422, ""),
        ({"since": "1999-12-31", "cost": {"amount": "1.00", **EUR}}, 409, "between 2000"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused_and_none_is_kept(
    ada: Caller, body: object, status: int, words: str
) -> None:
    refused = ada("POST", "/hour-prices", body)
    assert (refused.status, words in refused.json["detail"]) == (status, True)
    assert ada.get("/hour-prices")["prices"] == []


def test_who_may_not_set_prices_neither_reads_nor_writes_them(ben: Caller) -> None:
    assert [ben("GET", "/hour-prices").status, ben("DELETE", "/hour-prices?since=2026-01-01").status] == [403, 403]


def test_a_report_tells_of_the_cases_that_its_own_right_reaches_and_may_be_read(world: World) -> None:
    """Who reads every case, and has reports of their own teams only, is told of these; and the other way round."""
    make_cases(1)
    db.execute("UPDATE conversations_conversation SET team_id = %s WHERE number = %s", [world.front.pk, world.case])
    catch_up()
    asked = Asked(NOON.date() - timedelta(days=300), NOON.date() + timedelta(days=300))
    everything, teams, own = ((Allowed(scope),) for scope in ("all", "team", "own"))
    ada = world.person(world.ada)
    told = {}
    for name, reads, reports in (
        ("both", everything, everything), ("reports of teams", everything, teams), ("reads of teams", teams, everything), ("own", everything, own),
        ("none", everything, ()),
    ):  # fmt: skip
        who = replace(
            ada,
            team_ids=(world.front.pk,),
            grants={"conversation:read": reads, **({"report:read": reports} if reports else {})},
        )
        counted = sums_of(who, asked, ["opened"]).get(("", "opened"))
        told[name] = (counted.n if counted else 0, len(numbers_behind(who, asked, Number("opened"), limit=10)))
    assert told == {"both": (2, 2), "reports of teams": (1, 1), "reads of teams": (1, 1), "own": (0, 0), "none": (0, 0)}


def worked(world: World, *, seconds: int) -> None:
    """Ben was at work on Carol's case today, which was resolved."""
    case = db.value("SELECT id FROM conversations_conversation WHERE number = %s", [world.case])
    db.execute(
        "UPDATE conversations_conversation SET category = 'resolved', resolved_at = %s, team_id = %s WHERE id = %s",
        [NOON, world.front.pk, case],
    )
    for name, data in (("conversation.worked", {"seconds": seconds}), ("conversation.resolved", {})):
        record(Happening(name, "conversation", case, case, None, data), by=agent(world.ben.pk), at=NOON)
    catch_up()
