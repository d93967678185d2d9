"""Links by mail, passwords, sessions and tokens, as one looks after them oneself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.sessions import sessions_of
from careline.domain.staff.tokens import make_token, tokens_of
from careline.flows.send_house_letter import send_house_letter
from careline.kit import clock, db
from tests.sinks import SmtpSink
from tests.world import NOON, World

PASSWORD = "green bottles on the quay"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def links_sent() -> int:
    return int(db.value("SELECT count(*) FROM staff_houseletter"))


@pytest.mark.parametrize("place", ["/login/link", "/login/password"])
def test_nobody_learns_who_works_here(world: World, place: str) -> None:
    known, unknown = (
        Client().post(place, {"email": email}) for email in ("ada@northwind.example", "ghost@northwind.example")
    )
    assert known.status_code == unknown.status_code == 200
    same = [re.sub(r'value="[^"]{40,}"|content="[^"]{40,}"', "", one.content.decode()) for one in (known, unknown)]
    assert same[0] == same[1].replace("ghost@", "ada@")
    assert links_sent() == 1


def test_nobodys_mailbox_is_filled_and_nobody_goes_through_a_list(world: World) -> None:
    for n in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{n}").post("/login/link", {"email": "ada@northwind.example"})
    assert links_sent() == 3
    one = Client(REMOTE_ADDR="192.0.2.99")
    assert [one.post("/login/link", {"email": f"{n}@northwind.example"}).status_code for n in range(11)] == [
        200
    ] * 10 + [429]


@pytest.fixture
def mailed(world: World, settings: Any) -> Any:
    """Asks for a letter, lets it leave, and gives its link."""
    with SmtpSink() as sink:
        settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}?tls=none"

        def ask(place: str) -> str:
            Client().post(place, {"email": "ada@northwind.example"})
            assert send_house_letter(at=NOON)
            assert not send_house_letter(at=NOON)
            text = sink.received[-1].raw.decode()
            assert "Auto-Submitted: auto-generated" in text
            found = re.search(r"https?://\S+?(/(?:sign-in|new-password)/[\w-]+)", text)
            assert found, text
            return found[1]

        yield ask


def test_a_link_by_mail_signs_in_once_and_for_twenty_minutes(mailed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    link = mailed("/login/link")
    assert db.value("SELECT words FROM staff_houseletter") is None, "the words are gone once it has left"
    browser = Client()
    assert (browser.get(link).status_code, browser.post(link).headers["Location"]) == (200, "/inbox")
    assert Client().post(link).status_code == 410
    late = mailed("/login/link")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=21))
    assert Client().post(late).status_code == 410


def test_a_forgotten_password_is_set_by_mail_and_the_old_sessions_end(mailed: Any, world: World, ada: Client) -> None:
    link = mailed("/login/password")
    assert Client().post(link.replace("new-password", "sign-in")).status_code == 410, (
        "it sets a password and nothing else"
    )
    browser = Client()
    assert browser.post(link, {"password": "short"}).status_code == 422
    assert browser.post(link, {"password": PASSWORD}).headers["Location"] == "/inbox"
    assert ada.get("/inbox").status_code == 302
    assert Client().post(link, {"password": PASSWORD}).status_code == 410
    signed_in = Client().post("/login", {"email": "ada@northwind.example", "password": PASSWORD})
    assert signed_in.headers["Location"] == "/inbox"


def test_without_a_way_out_it_is_tried_again_until_it_would_be_too_old(world: World, settings: Any) -> None:
    settings.SMTP_URL = ""
    Client().post("/login/link", {"email": "ada@northwind.example"})
    assert [send_house_letter(at=NOON + timedelta(minutes=minutes)) for minutes in (0, 0, 1, 3, 30)] == [
        True,
        False,
        True,
        True,
        False,
    ]
    row = db.row("SELECT words, due_at, error FROM staff_houseletter")
    assert row is not None
    assert (row.words, row.due_at, "No way out" in row.error) == (None, None, True)


@pytest.fixture
def known(world: World) -> World:
    world.ada.set_password(PASSWORD)
    world.ada.save()
    return world


def entered(**more: str) -> Client:
    browser = Client(headers={"User-Agent": FIREFOX}, **more)  # type: ignore[arg-type]
    assert browser.post("/login", {"email": "ada@northwind.example", "password": PASSWORD}).status_code == 302
    return browser


def test_a_changed_password_asks_for_the_old_one_and_ends_the_other_sessions(known: World) -> None:
    here, there = entered(), entered()
    assert here.post("/security/password", {"old": "guess", "new": "another one, quite long"}).status_code == 422
    assert here.post("/security/password", {"old": PASSWORD, "new": "short"}).status_code == 422
    assert (
        here.post("/security/password", {"old": PASSWORD, "new": "another one, quite long"}).headers["Location"]
        == "/security"
    )
    assert (here.get("/inbox").status_code, there.get("/inbox").status_code) == (200, 302)


def test_sessions_are_listed_with_device_and_place_and_ended(known: World) -> None:
    here, there, third = entered(), entered(REMOTE_ADDR="192.0.2.7"), entered()
    listed = sessions_of(known.ada.pk, at=NOON)
    assert {(row.device, row.how) for row in listed} == {("Firefox · Linux", "password")}
    assert sorted(row.place for row in listed) == ["127.0.0.1", "127.0.0.1", "192.0.2.7"]
    away = next(row.id for row in listed if row.place == "192.0.2.7")
    assert here.post(f"/security/sessions/{away}").status_code == 302
    assert [one.get("/inbox").status_code for one in (here, there, third)] == [200, 302, 200]
    assert there.get("/api/v1/me").status_code == 401
    here.post("/security/sessions")
    assert [one.get("/inbox").status_code for one in (here, third)] == [200, 302]
    assert db.value("SELECT count(*) FROM history WHERE name = 'session.ended'") == 2


def test_nobody_ends_the_session_of_somebody_else(known: World, enter: Callable[..., Client]) -> None:
    here = entered()
    number = sessions_of(known.ada.pk, at=NOON)[0].id
    assert enter(known.ben).post(f"/security/sessions/{number}").status_code == 404
    assert enter(known.ben).post(f"/people/{known.ada.pk}/sessions/{number}").status_code == 403
    assert here.get("/inbox").status_code == 200


def test_when_a_session_was_last_seen_is_noted_now_and_then(known: World, monkeypatch: pytest.MonkeyPatch) -> None:
    here = entered()
    for minutes in (3, 6, 7):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: NOON + timedelta(minutes=minutes))
        here.get("/security")
    assert sessions_of(known.ada.pk, at=NOON)[0].last_seen_at == NOON + timedelta(minutes=6)


def test_a_token_is_shown_once_narrowed_and_runs_out(
    known: World, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ada.post(
        "/security/tokens/new", {"name": "Export", "reach": "some", "scope": "staff:read", "days": "30"}
    ).content.decode()
    found = re.search(r"cl_[\w-]+", page)
    assert found
    assert found[0] not in ada.get("/security").content.decode()
    caller = Client(headers={"Authorization": f"Bearer {found[0]}"})
    assert list(caller.get("/api/v1/me").json()["grants"]) == ["staff:read"]
    assert tokens_of(known.ada.pk)[0].last_used_at == NOON
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=31))
    assert caller.get("/api/v1/me").status_code == 401


def test_a_token_makes_none_that_may_more_than_itself(known: World) -> None:
    _key, words = make_token(known.ada, scopes=("token:own", "staff:read"), by=agent(known.ada.pk), at=NOON)
    caller = Client(headers={"Authorization": f"Bearer {words}"})

    def made(**body: Any) -> int:
        return int(caller.post("/api/v1/tokens", {"name": "More", **body}, content_type="application/json").status_code)

    assert (made(), made(scopes=["staff:manage"]), made(scopes=["staff:read"])) == (403, 403, 201)
    listed = caller.get("/api/v1/tokens").json()["items"]
    assert [(one["name"], one["scopes"]) for one in listed] == [
        ("More", ["staff:read"]),
        ("", ["staff:read", "token:own"]),
    ]
    assert caller.delete(f"/api/v1/tokens/{_key}").status_code == 204
    assert caller.get("/api/v1/me").status_code == 401


def test_all_of_it_is_on_the_record_that_an_administrator_reads(
    known: World, ada: Client, enter: Callable[..., Client]
) -> None:
    browser = entered()
    browser.post("/login", {"email": "ada@northwind.example", "password": "guess"})
    make_token(known.ben, by=SYSTEM, at=NOON, name="Export")
    page = ada.get("/access-record").content.decode()
    assert [
        words in page
        for words in ("signed in", "a failed try to get in", "an API token was made", "127.0.0.1", "Firefox · Linux")
    ] == [True] * 5
    assert "signed in" not in ada.get(f"/access-record?person={known.ben.pk}").content.decode().split("<tbody>")[1]
    assert enter(known.ben).get("/access-record").status_code == 403


def test_the_record_is_read_page_by_page(known: World, ada: Client) -> None:
    for n in range(60):
        make_token(known.ben, by=SYSTEM, at=NOON, name=str(n))
    first = ada.get("/access-record?what=token.issued").content.decode()
    more = re.search(r'href="(/access-record\?[^"]+after=[^"]+)"', first)
    assert more
    second = ada.get(more[1].replace("&amp;", "&")).content.decode()
    assert [page.count("an API token was made</span>") for page in (first, second)] == [50, 10]
