"""Every number is a link: whoever sees a count comes to exactly as many rows."""

import json
import re

import pytest
from django.test import Client

from careline.domain.history.actor import agent
from careline.flows.keep_problem import ProblemSaid, add_problem
from careline.flows.resolve import resolve
from careline.flows.tie_to_problem import tie_to_problem
from tests.world import NOON, World, writes_in

_NUMBER = re.compile(r'href="([^"]+)"[^>]*>(?:(?!</a>).)*?data-count="(view-[^"]+)"', re.DOTALL)
_ROW = re.compile(r'id="row-(\d+)"')


@pytest.fixture
def cases(world: World) -> list[int]:
    more = [
        writes_in(f"Bike {n}", text="Hello", mailbox=world.mailbox, sender=f"c{n}@example.com").number or 0
        for n in range(3)
    ]
    return [world.case, *more]


def test_the_number_beside_a_view_is_how_many_cases_it_opens(world: World, cases: list[int], ada: Client) -> None:
    resolve(world.person(world.ada), cases[0], by=agent(world.ada.pk), at=NOON)
    links = {key: url for url, key in _NUMBER.findall(ada.get("/inbox").content.decode())}
    counts = json.loads(ada.get("/counts").content)
    told = {key: count for key, count in counts.items() if key.startswith("view-")}
    assert told["view-open"] == 3
    assert {key: len(set(_ROW.findall(ada.get(links[key]).content.decode()))) for key in told} == told


def test_the_number_of_cases_of_a_known_issue_is_how_many_stand_below_it(
    world: World, cases: list[int], ada: Client
) -> None:
    who, told = world.person(world.ada), {"by": agent(world.ada.pk), "at": NOON}
    key = add_problem(who, ProblemSaid("The bell falls off", "", "bell"), **told)
    tie_to_problem(who, cases[:3], key, **told)
    page = ada.get(f"/problems/{key}").content.decode()
    assert {number for number in cases if f"#{number}</span>" in page} == set(cases[:3])
    listed = ada.get("/problems").content.decode()
    row = listed[listed.index(f'href="/problems/{key}"') :].partition("</tr>")[0]
    assert re.findall(r">\s*(\d+)\s*<", row) == ["3", "3", "3"], "open cases, all cases, customers"
