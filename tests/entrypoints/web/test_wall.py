"""The supervisor's wall: what it counts, that each number leads to exactly its cases, and who may stand before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careline.domain.desk.queries.wall import ABOUT, NO_TEAM, numbers_behind, queues_of, teams_on_wall
from careline.domain.desk.queries.wall_people import people_on
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff import attendance
from careline.domain.staff import commands as staff
from careline.flows.change import Change, change
from careline.flows.reply import Draft, reply
from careline.kit import db
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in


@pytest.fixture
def lead(world: World) -> Any:
    return staff.add_agent("lea@northwind.example", name="Lea", role="team_lead", team_ids=(world.front.pk,), by=SYSTEM, at=NOON)  # fmt: skip


def written(world: World, subject: str, minutes: int = 0) -> int:
    return writes_in(subject, text=subject, mailbox=world.mailbox, at=NOON - timedelta(minutes=minutes)).number or 0


def due(number: int, minutes: int) -> None:
    moment = NOON + timedelta(minutes=minutes)
    db.execute("UPDATE conversations_conversation SET next_due_at = %s WHERE number = %s", [moment, number])


def test_each_queue_with_what_waits_what_is_near_and_what_is_broken(world: World) -> None:
    ada = world.person(world.ada)
    near, broken, held = (written(world, words, 90) for words in ("Near", "Broken", "Held"))
    due(world.case, 16)
    due(near, 15)
    due(broken, -1)
    due(held, 60)
    change(ada, held, Change(assignee=world.ben.pk), by=agent(ada.id), at=NOON)
    front = next(one for one in queues_of(ada, [world.front.pk, world.back.pk], at=NOON) if one.id == world.front.pk)
    assert (front.waiting, front.near, front.broken) == (3, 1, 1)
    assert front.oldest == NOON - timedelta(minutes=90)
    teams = [world.front.pk]
    behind = {about: set(numbers_behind(ada, teams, about, at=NOON, limit=50)) for about in ABOUT}
    assert behind["waiting"] == {world.case, near, broken}
    assert (behind["near"], behind["broken"], behind["help"]) == ({near}, {broken}, {near, broken})
    assert numbers_behind(ada, teams, "held", at=NOON, who=world.ben.pk, limit=50) == [held]


def test_what_belongs_to_no_team_waits_on_the_wall_of_whoever_oversees_all(world: World, lead: Any) -> None:
    change(world.person(world.ada), world.case, Change(team=None), by=agent(world.ada.pk), at=NOON)
    for who, seen in ((world.ada, [(NO_TEAM, 1)]), (lead, [])):
        teams = teams_on_wall(world.person(who))
        queues = queues_of(world.person(who), teams, at=NOON)
        assert [(one.id, one.waiting) for one in queues if one.waiting] == seen
        assert numbers_behind(world.person(who), teams, "waiting", at=NOON, limit=9) == [world.case] * len(seen)


def test_the_last_hour_by_five_minutes_counts_cases_once(world: World) -> None:
    ada = world.person(world.ada)
    written(world, "Long ago", 61)
    written(world, "Just now", 1)
    for _n in range(2):
        reply(ada, world.case, Draft(text="Soon"), by=agent(ada.id), at=NOON)
    [front] = queues_of(ada, [world.front.pk], at=NOON)
    assert (front.arrived, front.answered) == (2, 1)
    assert (sum(front.came), sum(front.went), front.came[-1], front.went[-1]) == (2, 2, 2, 2)


def test_a_lead_sees_their_queues_and_a_supervisor_all(world: World, lead: Any) -> None:
    assert teams_on_wall(world.person(lead)) == [world.front.pk]
    assert teams_on_wall(world.person(world.ada)) == [world.front.pk, world.back.pk, NO_TEAM]
    assert teams_on_wall(world.person(world.ben)) == []


def test_who_may_not_oversee_is_refused_and_a_foreign_queue_is_not_there(
    world: World, lead: Any, enter: Callable[..., Client]
) -> None:
    assert [enter(world.ben).get(url).status_code for url in ("/wall", "/wall/cases?about=waiting")] == [403, 403]
    seen = [enter(lead).get(f"/wall/cases?about={about}&queue={team}").status_code for about, team in (
        ("waiting", world.front.pk), ("waiting", world.back.pk), ("nonsense", world.front.pk))]  # fmt: skip
    assert seen == [200, 404, 404]
    assert enter(lead).get(f"/wall/cases?about=held&person={world.cleo.pk}").status_code == 404


def test_every_number_on_the_page_leads_to_as_many_rows(world: World, ada: Client) -> None:
    due(written(world, "Broken", 30), -30)
    due(written(world, "Near", 30), 10)
    page = ada.get("/wall", headers=PART).content.decode()
    links = re.findall(
        r'<a href="(/wall/cases\?queue=\d+&amp;about=\w+)"[^>]*>(?:<svg.*?</svg>)?<span class="tell">(\d+)', page
    )
    links += re.findall(r'<a (?:class="went" )?href="(/wall/cases\?queue=\d+&amp;about=\w+)">(\d+) ', page)
    assert len(links) >= 5
    for url, count in links:
        rows = ada.get(url.replace("&amp;", "&"), headers=PART).content.decode()
        assert rows.count('<li class="row ') == int(count), url


def test_people_with_what_they_have_and_can(world: World) -> None:
    ada = world.person(world.ada)
    attendance.set_state(world.ben.pk, "available", by=SYSTEM, at=NOON)
    attendance.set_capacity(world.ben.pk, units=1, calendar=None, by=SYSTEM, at=NOON)
    attendance.note_given([world.ben.pk], at=NOON - timedelta(minutes=31))
    change(ada, world.case, Change(assignee=world.ben.pk), by=agent(ada.id), at=NOON)
    ben, cleo = people_on(ada, [world.front.pk, world.back.pk], at=NOON)
    assert (ben.state, ben.load, ben.units, ben.cases, ben.is_full_for_long(NOON)) == ("available", 1, 1, 1, True)
    assert (cleo.state, cleo.cases, cleo.is_full_for_long(NOON)) == ("away", 0, False)


def test_a_lead_sets_people_of_their_team_away_and_no_others(
    world: World, lead: Any, enter: Callable[..., Client]
) -> None:
    client = enter(lead)
    assert client.put(f"/wall/people/{world.ben.pk}/availability", "state=available", headers=PART).status_code == 200
    assert client.put(f"/wall/people/{world.cleo.pk}/availability", "state=available", headers=PART).status_code == 403
    assert [attendance.attendance_of(one.pk).state for one in (world.ben, world.cleo)] == ["available", "away"]


def test_more_queues_people_and_cases_ask_the_database_no_more_often(
    world: World, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours: list[int] = []
    cursor = db._cursor
    monkeypatch.setattr(db, "_cursor", lambda: (ours.append(1), cursor())[1])

    def asked() -> int:
        ours.clear()
        with CaptureQueriesContext(connection) as djangos:
            assert ada.get("/wall", headers=PART).status_code == 200
        return len(ours) + len(djangos)

    due(world.case, -5)
    asked()
    once = asked()
    for n in range(4):
        team = staff.add_team(f"Team {n}", by=SYSTEM, at=NOON)
        staff.add_agent(f"a{n}@northwind.example", name=f"A{n}", role="representative", team_ids=(team.pk,), by=SYSTEM, at=NOON)  # fmt: skip
        due(written(world, f"Late {n}", 20), -n)
    assert asked() == once
