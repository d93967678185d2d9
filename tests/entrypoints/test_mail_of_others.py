"""Whoever looks through the raw mail that came in, or the mail that leaves, sees that of cases they reach."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff import commands as staff
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.take_in import House, RawArrival, take_in
from careline.flows.uploaded import Attachment, keep_upload
from careline.kit import db
from tests.world import NOON, SUPPORT, World, make_world

SECRET = "The code of my lock is 4711"


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    store.cache_clear()
    yield
    store.cache_clear()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def letter(world: World) -> int:
    """A mail that opened a case of team Front; its inbound row."""
    raw = f"From: dan@example.org\r\nTo: {SUPPORT}\r\nSubject: {SECRET}\r\n\r\n{SECRET}".encode()
    take_in([RawArrival("one", raw, NOON, envelope_to=(SUPPORT,))], house=House(channels(), languages()), at=NOON)
    return int(db.value("SELECT max(id) FROM channels_inbound"))


def lead_of(team: Any) -> Any:
    """Leads a team: looks through all that comes in and leaves, but reaches the cases of the team alone."""
    email = f"lead.{team.name.lower()}@northwind.example"
    return staff.add_agent(email, name="Lead", role="team_lead", team_ids=(team.pk,), by=SYSTEM, at=NOON)


def answers(world: World, who: Any, *addresses: str) -> dict[str, tuple[int, bool]]:
    """Status, and whether the secret is in it, of each address by page or API."""
    by_page, by_api = Client(), Client(headers={"Authorization": f"Bearer {world.token_of(who)}"})
    by_page.force_login(who)
    given = {place: (by_api if place.startswith("/api/") else by_page).get(place) for place in addresses}
    return {place: (answer.status_code, SECRET.encode() in answer.content) for place, answer in given.items()}


def test_raw_mail_of_a_case_is_shown_to_those_who_reach_it(world: World, letter: int) -> None:
    lists = ("/unrouted?state=processed", "/api/v1/inbound")
    single = (f"/inbound/{letter}/raw", f"/inbound/{letter}/raw?download", f"/api/v1/inbound/{letter}")
    seen = answers(world, lead_of(world.front), *lists, *single)
    assert seen == dict.fromkeys([*lists, *single], (200, True))
    unseen = answers(world, lead_of(world.back), *lists, *single)
    assert unseen == dict.fromkeys(lists, (200, False)) | dict.fromkeys(single, (404, False))


def test_what_leaves_is_shown_to_those_who_reach_its_case(world: World) -> None:
    ben = world.person(world.ben)
    answer = reply(ben, world.case, Draft(text=SECRET), by=agent(ben.id), at=NOON).message
    db.execute("UPDATE conversations_message SET subject = %s WHERE id = %s", [SECRET, answer])
    places = ("/outbox", f"/outbox/{answer}", f"/outbox/{answer}/raw")
    assert answers(world, lead_of(world.front), *places) == dict.fromkeys(places, (200, True))
    unseen = answers(world, lead_of(world.back), *places)
    assert unseen == {places[0]: (200, False), places[1]: (404, False), places[2]: (404, False)}


def test_a_file_the_browser_kept_is_asked_for_again_by_whoever_uses_it_next(world: World) -> None:
    ben = world.person(world.ben)
    file = Attachment(keep_upload(b"secret", at=NOON), "plan.txt", "text/plain", 6)
    note(ben, world.case, text="The plan", attachments=(file,), by=agent(ben.id), at=NOON)
    place = f"/attachments/{db.value('SELECT max(id) FROM conversations_attachment')}"
    browser = Client()
    browser.force_login(world.ben)
    first = browser.get(place)
    assert (first.content, first.headers["Cache-Control"]) == (b"secret", "private, no-cache")
    kept = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(place, headers=kept).status_code == 304
    browser.force_login(world.cleo)
    assert browser.get(place, headers=kept).status_code == 404
