"""The customer beside a case: what is shown, changed in place, and asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from careline.domain.customers import commands as customers
from careline.domain.customers.commands.fields import define_field
from careline.domain.desk.queries.api_customers import customer_row
from careline.domain.desk.queries.customer_rail import rail_of
from careline.domain.history.actor import SYSTEM
from careline.domain.staff.preferences import preferences_of
from careline.flows.change import Change, change
from careline.kit.typed_fields import Choice, Definition
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in

TIER = Definition("tier", "Tier", "choice", (Choice("gold", "Gold"), Choice("plain", "Plain")))
MARKS = Definition("marks", "Marks", "choices", (Choice("loud", "Loud"), Choice("kind", "Kind")))


def written(world: World, subject: str, minutes: int) -> int:
    return writes_in(subject, text=subject, mailbox=world.mailbox, at=NOON - timedelta(minutes=minutes)).number or 0


def shown(client: Client, world: World) -> str:
    answer = client.get(f"/customers/{world.carol}/beside?case={world.case}", headers=PART)
    assert answer.status_code == 200
    return answer.content.decode()


def test_many_cases_and_notes_ask_the_database_as_often_as_one(
    world: World, ada: Client, statements: Callable[[Callable[[], object]], int]
) -> None:
    company = customers.add_organisation("Bells", domains=[], by=SYSTEM, at=NOON).pk
    customers.change(world.carol, organisation_id=company, by=SYSTEM, at=NOON)
    shown(ada, world)
    once = statements(lambda: shown(ada, world))
    for n in range(7):
        written(world, f"Case {n}", n)
        ada.put(f"/customers/{world.carol}/beside", "text=Likes+tea", headers=PART)
    assert statements(lambda: shown(ada, world)) == once


def test_the_last_five_cases_stand_there_but_not_the_one_beside(world: World, ada: Client) -> None:
    numbers = [written(world, f"Case {n}", 10 - n) for n in range(6)]
    rail = rail_of(world.carol, world.person(world.ada), company=None, but=world.case)
    assert [row.number for row in rail.last_cases] == numbers[:0:-1]
    assert (rail.cases, rail.open_cases, rail.answered_at, rail.company_open) == (7, 7, None, 0)
    assert "7, 7 of them open" in shown(ada, world)


def test_whoever_does_not_see_a_case_is_not_told_of_it(world: World) -> None:
    other = written(world, "For the back", 5)
    change(world.person(world.ada), other, Change(team=world.back.pk), by=SYSTEM, at=NOON)
    rail = rail_of(world.carol, world.person(world.ben), company=None)
    assert ([row.number for row in rail.last_cases], rail.cases) == ([world.case], 1)


def test_the_time_of_day_where_they_are(world: World, ada: Client) -> None:
    assert "there</span>" not in shown(ada, world)
    customers.change(world.carol, time_zone="Asia/Tokyo", by=SYSTEM, at=NOON)
    assert ("21:00 there" in shown(ada, world), "night there" in shown(ada, world)) == (True, True)


def test_what_is_changed_in_place_leaves_the_rest_alone(world: World, ada: Client) -> None:
    for definition in (TIER, MARKS):
        define_field("customer", definition=definition, is_listed=False, by=SYSTEM, at=NOON)
    customers.change(world.carol, notes="Rings twice", preferred_channel="phone", by=SYSTEM, at=NOON)
    url = f"/customers/{world.carol}/beside?case={world.case}"
    sent = "language=da&time_zone=Europe/Copenhagen&field_tier=gold&has_marks=1&field_marks=kind"
    answer = ada.put(url, sent, headers=PART)
    found = customer_row(world.person(world.ada), world.carol)
    assert found is not None
    assert (found.language, found.time_zone, found.fields) == ("da", "Europe/Copenhagen", {"tier": "gold", "marks": ["kind"]})  # fmt: skip
    assert (found.name, found.notes, found.preferred_channel) == ("Carol", "Rings twice", "phone")
    assert "Gold" in answer.content.decode()
    ada.put(url, "has_marks=1", headers=PART)
    found = customer_row(world.person(world.ada), world.carol)
    assert found is not None and (found.fields, found.language) == ({"tier": "gold"}, "da")


def test_what_cant_be_is_said_in_place_and_nothing_is_lost(world: World, ada: Client) -> None:
    answer = ada.put(f"/customers/{world.carol}/beside", "time_zone=Mars/Base&language=da", headers=PART)
    found = customer_row(world.person(world.ada), world.carol)
    assert found is not None and (found.language, "no such time zone" in answer.content.decode()) == ("en", True)


def test_a_section_stays_shut_for_whoever_shut_it(world: World, ada: Client, enter: Callable[..., Client]) -> None:
    assert ada.put("/beside/cases/fold").status_code == 204
    assert ada.put("/beside/nonsense/fold").status_code == 204
    assert preferences_of(world.ada.pk)["rail_folded"] == ["cases"]
    assert 'data-fold="cases" >' in shown(ada, world)
    assert 'data-fold="cases" open>' in shown(enter(world.ben), world)
    ada.delete("/beside/cases/fold")
    assert 'data-fold="cases" open>' in shown(ada, world)
