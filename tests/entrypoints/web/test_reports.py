"""A manager goes from the overview to the cases behind a number."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from careline.domain.history.actor import agent
from careline.domain.history.commands import Happening, record
from careline.domain.reports.commands.facts import ask_recount, count_marked, follow, go_on_recounting
from careline.kit import clock, db
from tests.world import World, make_world, writes_in

pytestmark = pytest.mark.django_db


def test_the_number_of_new_cases_opens_as_many(client: Client) -> None:
    world = shown(client)
    page = client.get("/reports").content.decode()
    found = re.search(r"<h2>New cases</h2>\s*<p class=\"tile-value\"><a href=\"([^\"]+)\">(\d+)</a>", page)
    assert found is not None
    assert found[2] == "3"
    cases = client.get(unescape(found[1])).content.decode()
    assert re.findall(r'data-total="(\d+)"', cases) == ["3"]
    assert sorted(set(re.findall(r"Case no\. \w+", cases))) == ["Case no. one", "Case no. two"]
    assert world.case


def test_a_day_of_the_chart_opens_its_cases(client: Client) -> None:
    shown(client)
    page = client.get("/reports?days=7").content.decode()
    days = re.findall(r'<a href="([^"]+)" aria-label="[^"]+: 3">', page)
    assert days
    assert 'data-total="3"' in client.get(unescape(days[0])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_case_that_moves_moves_the_report(client: Client) -> None:
    world = shown(client)
    assert ">3</a>" in client.get("/reports").content.decode()
    writes_in("Case no. three", text="Hello", mailbox=world.mailbox, sender="dan@example.org", at=clock.now())
    catch_up()
    assert re.search(
        r"New cases</h2>\s*<p class=\"tile-value\"><a [^>]+>4</a>", client.get("/reports").content.decode()
    )


@pytest.mark.parametrize("address", [
    "/reports/teams?days=90", "/reports/agents?hours=business", "/reports/products", "/reports/customers?language=de", "/reports/issues?days=30",
    "/reports/attendance", "/reports/refunds", "/reports/definitions", "/reports/complaints", "/reports/gaps?words=brake&article=1", "/reports/costs",
    "/reports/refunds?currency=EUR&reason=", "/settings/hour-prices", "/reports/cases?measure=unwritten",
    "/reports/topics?since=2026-01-01&until=2026-12-31&team=none",
])  # fmt: skip
def test_each_report_is_shown(client: Client, address: str) -> None:
    shown(client)
    assert client.get(address).status_code == 200


def test_how_many_cases_somebody_worked_on_opens_exactly_those(client: Client) -> None:
    world = shown(client)
    cases = db.rows("SELECT id, number FROM conversations_conversation ORDER BY number")
    for case, who in zip(cases, (world.ben, world.ben, world.cleo), strict=True):
        spent = Happening("conversation.worked", "conversation", case.number, case.id, data={"seconds": 90})
        record(spent, by=agent(who.pk), at=clock.now())
    ask_recount(at=clock.now())
    catch_up()
    page = client.get("/reports/attendance").content.decode()
    found = re.search(r'<a href="([^"]+)">2</a>', page)
    assert found is not None
    behind = client.get(unescape(found[1])).content.decode()
    assert re.findall(r'data-total="(\d+)"', behind) == ["2"]
    assert sorted(set(re.findall(r"Case no\. \w+", behind))) == ["Case no. one"]
    assert "Ben" in behind
    elsewhere = client.get(f"/reports/attendance?team={world.back.pk}").content.decode()
    assert ("3 min" in page, "3 min" in elsewhere) == (True, False)


def test_a_bad_question_is_said_and_the_usual_one_answered(client: Client) -> None:
    shown(client)
    page = client.get("/reports?since=2026-11-02&until=2026-11-01").content.decode()
    assert "A period ends no sooner than it begins." in page
    assert client.get("/reports/cases?measure=nonsense").status_code == 404
    assert client.get("/reports/cases?measure=opened&since=nonsense").status_code == 404


def test_a_period_as_long_as_may_be_asked_for_is_answered_beside_the_one_before(client: Client) -> None:
    shown(client)
    for page in ("/reports", "/reports/teams", "/reports/costs", "/reports/issues", "/reports/complaints"):
        assert (page, client.get(f"{page}?since=2023-12-01&until=2026-11-22").status_code) == (page, 200)


def test_a_representative_sees_no_reports(client: Client) -> None:
    world = make_world()
    client.force_login(world.ben)
    assert client.get("/reports").status_code == 403


def shown(client: Client) -> World:
    world = make_world()
    client.force_login(world.ada)
    for word in ("one", "two"):
        writes_in(f"Case no. {word}", text="Hello", mailbox=world.mailbox, sender=f"{word}@example.org", at=clock.now())
    db.execute("UPDATE conversations_conversation SET created_at = %s", [clock.now()])
    catch_up()
    return world


def catch_up() -> None:
    while follow(at=clock.now()) or count_marked() or go_on_recounting(at=clock.now()):
        pass
