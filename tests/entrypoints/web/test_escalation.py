"""Escalation on screen and over the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from careline.domain.history.actor import SYSTEM
from careline.domain.staff import attendance
from careline.domain.staff import commands as staff
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
Browser = Any
PART = {"HX-Request": "true"}


@pytest.fixture
def vic(world: World) -> int:
    made = staff.add_agent("vic@northwind.example", name="Vic", role="supervisor", by=SYSTEM, at=NOON)
    attendance.set_state(made.pk, "available", by=SYSTEM, at=NOON)
    return int(made.pk)


def test_a_case_goes_up_by_the_page_and_shows_its_level_everywhere(world: World, ada: Client, vic: int) -> None:
    url = f"/conversations/{world.case}"
    assert "1 person can take it now" in ada.get(f"{url}/escalation").content.decode()
    assert ada.get(f"{url}/escalation/steps").content == b""
    sent = ada.post(f"{url}/escalation", {"words": "She is angry.", "level": "2"})
    assert (sent.status_code, sent["Location"]) == (302, url)
    told = ada.get(f"{url}/escalation/steps").content.decode()
    assert "Ada stays the customer's contact." in told
    assert "Ada asked for: Supervisor. Vic has it since." in told
    assert "Escalated to: Supervisor" in ada.get(url).content.decode()
    assert "Escalated to: Supervisor" in ada.get("/inbox").content.decode()


def test_what_was_written_stays_where_something_is_missing(world: World, ada: Client, vic: int) -> None:
    sent = ada.post(f"/conversations/{world.case}/escalation", {"words": "Look!", "level": "9"})
    assert (sent.status_code, "Look!" in sent.content.decode()) == (422, True)


def test_a_ladder_is_written_on_its_page(world: World, ada: Client) -> None:
    form = {
        "name-1": "Lead",
        "who-1": "superior:",
        "minutes-1": "30",
        "name-2": "Front",
        "who-2": f"team:{world.front.pk}",
        "late_minutes": "0",
    }
    assert ada.post("/settings/escalation", form).status_code == 302
    page = ada.get("/settings/escalation").content.decode()
    assert "Goes on after 30 minutes without an answer" in page
    assert "Team Front" in page
    assert ada.post("/settings/escalation", form).status_code == 422


def test_who_is_given_more_than_they_can_have_by_hand_gets_it_and_it_is_said(world: World, ada: Client) -> None:
    attendance.set_capacity(world.ben.pk, units=0, calendar=None, by=SYSTEM, at=NOON)
    put = ada.put(
        f"/conversations/{world.case}/assignee",
        f"agent={world.ben.pk}",
        content_type="application/x-www-form-urlencoded",
        headers=PART,
    )
    assert (put.status_code, "more than they can have now: 1 of 0." in put.content.decode()) == (200, True)


def test_words_of_an_acknowledgement_are_previewed_and_kept(world: World, ada: Client, enter: Browser) -> None:
    form = {"channel": world.mailbox.id, "is_on": "1", "text-en": "Number {number}, {expected}."}
    seen = ada.post("/settings/acknowledgements/preview", form, headers=PART).content.decode()
    assert "Number 1234, within 24 hours." in seen
    assert ada.post("/settings/acknowledgements", form).status_code == 302
    assert "English" in ada.get("/settings/acknowledgements").content.decode()
    assert enter(world.ben).get("/settings/acknowledgements").status_code == 403
