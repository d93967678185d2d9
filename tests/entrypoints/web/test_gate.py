"""Nobody gets in without sign-in, by any address."""

import re
from collections.abc import Callable

from django.test import Client

from careline.entrypoints.web.gate import OPEN
from careline.entrypoints.web.urls import urlpatterns
from tests.world import World

KNOWN_BY_HEART = {
    "",
    "login",
    "sign-in/<str:token>",
    "login/code",
    "login/passkey",
    "login/passkey/options",
    "login/link",
    "login/password",
    "new-password/<str:token>",
    "sso/<str:code>",
    "sso/<str:code>/return",
    "logout",
    "demo",
    "demo/session",
    "demo/letter",
    "mail-images/<str:token>",
    "manifest.webmanifest",
    "sw.js",
    "offline",
}
ADDRESSES = [str(pattern.pattern) for pattern in urlpatterns]


def address(pattern: str, world: World | None = None) -> str:
    number = world.case if world else 1
    return "/" + re.sub(r"<int:\w+>", str(number), re.sub(r"<(str|path):\w+>", "all", pattern))


def test_only_the_doors_are_open_to_everybody() -> None:
    assert OPEN == KNOWN_BY_HEART


def test_a_stranger_is_sent_to_sign_in_from_everywhere(db: None, client: Client) -> None:
    answers = {
        (pattern, method): answer.headers.get("Location", "").split("?")[0]
        for pattern in ADDRESSES
        if pattern not in KNOWN_BY_HEART
        for method in ("get", "post", "put", "delete")
        if (answer := getattr(client, method)(address(pattern)))
    }
    assert len(answers) > 150
    assert {asked: place for asked, place in answers.items() if place != "/login"} == {}


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(db: None, client: Client) -> None:
    answer = client.get("/inbox", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


def test_who_was_deactivated_is_out_at_once(world: World, enter: Callable[..., Client]) -> None:
    from careline.domain.history.actor import SYSTEM
    from careline.domain.staff.commands import deactivate
    from tests.world import NOON

    ben = enter(world.ben)
    assert ben.get("/inbox").status_code == 200
    deactivate(world.ben, by=SYSTEM, at=NOON)
    assert ben.get("/inbox").status_code == 302


def test_who_a_browser_was_last_time_says_nothing_of_who_it_is_now(world: World, enter: Callable[..., Client]) -> None:
    browser, ben = enter(world.ada), enter(world.ben)
    assert [f'data-me="{name}' in browser.get("/inbox").content.decode() for name in ("Ada", "Ada")] == [True, True]
    held = browser.session
    held.update(dict(ben.session.items()))
    held.save()
    page = browser.get("/inbox").content.decode()
    assert ['data-me="Ada' in page, 'data-me="Ben' in page] == [False, True]
    held.flush()
    assert browser.get("/inbox").status_code == 302


def test_no_page_breaks_for_the_administrator(world: World, ada: Client) -> None:
    answers = {pattern: ada.get(address(pattern, world)).status_code for pattern in set(ADDRESSES) - KNOWN_BY_HEART}
    # a switch without a page of its own; and an article is made of a case only once it is solved
    meant = {"availability": 302, "conversations/<int:number>/article/new": 422}
    assert {pattern: status for pattern, status in answers.items() if status not in (200, 404, 405)} == meant


def test_a_case_of_another_team_is_not_there(world: World, enter: Callable[..., Client]) -> None:
    cleo = enter(world.cleo)
    for method, place in (
        ("get", ""),
        ("get", "/header"),
        ("put", "/resolution"),
        ("post", "/messages"),
        ("get", "/events"),
    ):
        assert getattr(cleo, method)(f"/conversations/{world.case}{place}").status_code == 404


def test_a_form_without_its_secret_changes_nothing(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ada)
    assert browser.put(f"/conversations/{world.case}/resolution").status_code == 403


def test_a_representative_is_told_what_is_not_theirs(world: World, enter: Callable[..., Client]) -> None:
    ben = enter(world.ben)
    places = ("/outbox", "/unrouted", "/people/new", "/mailboxes/new")
    assert {place: ben.get(place).status_code for place in places} == dict.fromkeys(places, 403)
