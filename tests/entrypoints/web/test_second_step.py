"""The second factor: codes of an app, recovery codes, passkeys; and guessing at them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import issue_link
from careline.domain.staff.factors import add_app, factors_of, recovery_codes_left, reset_factors
from careline.domain.staff.granting import change_role_grants
from careline.domain.staff.queries import person
from careline.kit import clock, db, totp
from tests.authenticators import Passkey
from tests.world import NOON, World

PASSWORD = "green bottles on the quay"
SECRET = b"12345678901234567890"
ORIGIN = "http://localhost"
LATER = NOON + timedelta(minutes=2)


def code(at: Any) -> str:
    return totp.code_at(SECRET, totp.step_at(at))


@pytest.fixture
def guarded(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Ada has a password, and an app since noon; it is two minutes later."""
    world.ada.set_password(PASSWORD)
    world.ada.save()
    add_app(world.ada, secret=SECRET, code=code(NOON), by=SYSTEM, at=NOON)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return world


def first_step(**more: str) -> Client:
    browser = Client(headers={"Host": "localhost"})
    answer = browser.post("/login", {"email": "ada@northwind.example", "password": PASSWORD, **more})
    assert answer.headers["Location"] == "/login/code"
    return browser


def how_they_got_in() -> list[str]:
    return [
        row.how for row in db.rows("SELECT data->>'how' AS how FROM history WHERE name = 'agent.signed_in' ORDER BY id")
    ]


def test_the_password_alone_opens_nothing(guarded: World) -> None:
    browser = first_step()
    assert browser.get("/inbox").status_code == 302
    assert browser.get("/api/v1/me").status_code == 401
    assert how_they_got_in() == []


def test_password_and_code_do_and_lead_where_one_wanted_to_go(guarded: World) -> None:
    browser = first_step(next="/customers")
    assert (
        browser.post("/login/code", {"code": f" {code(LATER)[:3]} {code(LATER)[3:]} "}).headers["Location"]
        == "/customers"
    )
    assert browser.get("/inbox").status_code == 200
    assert how_they_got_in() == ["password+code"]


def test_a_code_is_good_once(guarded: World) -> None:
    assert first_step().post("/login/code", {"code": code(LATER)}).status_code == 302
    assert first_step().post("/login/code", {"code": code(LATER)}).status_code == 422


def test_ten_wrong_codes_lock_the_account_for_all_callers(guarded: World) -> None:
    browser = first_step()
    assert [browser.post("/login/code", {"code": "000000"}).status_code for _ in range(11)] == [422] * 10 + [429]
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post("/login", {"email": "ada@northwind.example", "password": PASSWORD})
    assert elsewhere.status_code == 429


def test_the_first_step_is_forgotten_after_ten_minutes_and_with_another_password(
    guarded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = first_step()
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(minutes=11))
    assert late.post("/login/code", {"code": code(LATER + timedelta(minutes=11))}).headers["Location"] == "/login"
    changed = first_step()
    guarded.ada.set_password("another one, quite long")
    guarded.ada.save()
    assert changed.post("/login/code", {"code": code(LATER + timedelta(minutes=11))}).headers["Location"] == "/login"


def test_a_one_time_link_does_not_pass_by_the_second_step(guarded: World) -> None:
    link = f"/sign-in/{issue_link(guarded.ada, by=SYSTEM, at=LATER)}"
    assert Client().post(link).headers["Location"] == "/login/code"


def test_a_recovery_code_lets_in_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.ada.set_password(PASSWORD)
    world.ada.save()
    codes = add_app(world.ada, secret=SECRET, code=code(NOON), by=SYSTEM, at=NOON)
    assert (len(set(codes)), recovery_codes_left(world.ada.pk)) == (10, 10)
    assert first_step().post("/login/code", {"code": codes[3].upper()}).status_code == 302
    assert first_step().post("/login/code", {"code": codes[3]}).status_code == 422
    assert (how_they_got_in(), recovery_codes_left(world.ada.pk)) == (["password+recovery"], 9)


def test_an_app_is_added_by_its_first_code_and_its_key_is_kept_sealed(world: World, ada: Client) -> None:
    shown = ada.get("/security/app").content.decode()
    spelled = re.search(r'class="told">([A-Z2-7 ]+)<', shown)
    assert spelled
    secret = base64.b32decode(spelled[1].replace(" ", ""))
    assert ada.post("/security/app", {"code": "000000"}).status_code == 422
    page = ada.post("/security/app", {"code": totp.code_at(secret, totp.step_at(NOON))}).content.decode()
    assert len(re.findall(r"^[0-9a-f]{6}-[0-9a-f]{6}", page.split('class="raw codes"')[1].split(">", 1)[1], re.M)) == 10
    assert [row.kind for row in factors_of(world.ada.pk)] == ["totp"]
    assert secret not in bytes(db.value("SELECT secret FROM staff_factor"))


def test_a_role_that_asks_for_a_second_factor_leads_there_and_nowhere_else(
    world: World, enter: Callable[..., Client]
) -> None:
    change_role_grants("representative", needs_second_factor=True, by=agent(world.ada.pk), at=NOON)
    ben = enter(world.ben)
    assert ben.get("/inbox").headers["Location"] == "/security?needed=1"
    assert ben.get("/rows", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/security?needed=1"
    assert ben.get("/api/v1/me").status_code == 401
    assert "Your role asks for a second factor" in ben.get("/security").content.decode()
    add_app(world.ben, secret=SECRET, code=code(NOON), by=SYSTEM, at=NOON)
    assert ben.get("/inbox").status_code == 200


def test_who_lost_their_phone_gets_in_again_by_an_administrator(guarded: World) -> None:
    from careline.domain.staff.rules import Forbidden

    with pytest.raises(Forbidden):
        reset_factors(guarded.ada, by=agent(guarded.ben.pk), at=LATER)
    reset_factors(guarded.ada, by=SYSTEM, at=LATER)
    answer = Client().post("/login", {"email": "ada@northwind.example", "password": PASSWORD})
    assert answer.headers["Location"] == "/inbox"


@pytest.fixture
def passkey(world: World, ada: Client) -> Passkey:
    """Ada's, added on her page."""
    ada.defaults["HTTP_HOST"] = "localhost"
    key = Passkey(ORIGIN)
    answer = key.create(ada.post("/security/passkeys/options").json())
    page = ada.post("/security/passkeys", {"name": "My laptop", "answer": answer, "password": PASSWORD})
    assert page.status_code == 200
    assert [(row.kind, row.name) for row in factors_of(world.ada.pk)] == [("passkey", "My laptop")]
    return key


def test_an_open_browser_alone_adds_no_passkey(guarded: World, ada: Client) -> None:
    ada.defaults["HTTP_HOST"] = "localhost"
    answer = Passkey(ORIGIN).create(ada.post("/security/passkeys/options").json())
    page = ada.post("/security/passkeys", {"name": "Mine now", "answer": answer, "password": "a guess"})
    assert (page.status_code, "This is not your password." in page.content.decode()) == (422, True)
    assert [row.kind for row in factors_of(guarded.ada.pk)] == ["totp"]


def browser() -> Client:
    return Client(headers={"Host": "localhost"})


def test_a_passkey_gets_in_without_a_password(passkey: Passkey) -> None:
    mine = browser()
    answer = passkey.get(mine.post("/login/passkey/options").json())
    assert mine.post("/login/passkey", {"answer": answer}).headers["Location"] == "/inbox"
    assert mine.get("/inbox").status_code == 200
    assert how_they_got_in() == ["passkey"]


def test_a_passkey_is_a_second_factor_as_well(world: World, passkey: Passkey) -> None:
    world.ada.set_password(PASSWORD)
    world.ada.save()
    mine = first_step()
    answer = passkey.get(mine.post("/login/passkey/options", {"step": "second"}).json())
    assert mine.post("/login/code", {"answer": answer}).headers["Location"] == "/inbox"
    assert how_they_got_in() == ["password+passkey"]


def test_an_answer_is_good_once_and_for_its_own_challenge_and_site(passkey: Passkey) -> None:
    mine = browser()
    answer = passkey.get(mine.post("/login/passkey/options").json())
    passkey.origin = "https://evil.example"
    forged = passkey.get(mine.post("/login/passkey/options").json())
    passkey.origin = ORIGIN
    assert mine.post("/login/passkey", {"answer": forged}).status_code == 422
    assert mine.post("/login/passkey", {"answer": answer}).status_code == 422, "no ceremony is open any more"
    mine.post("/login/passkey/options")
    assert mine.post("/login/passkey", {"answer": answer}).status_code == 422, "it was for another challenge"


def test_one_without_a_finger_is_no_password(passkey: Passkey) -> None:
    passkey.is_verifying = False
    mine = browser()
    assert (
        mine.post("/login/passkey", {"answer": passkey.get(mine.post("/login/passkey/options").json())}).status_code
        == 422
    )


def test_a_copied_passkey_counts_backwards_and_is_refused(passkey: Passkey) -> None:
    for counter, status in ((4, 302), (2, 422), (0, 422), (8, 302)):
        passkey.counter = counter
        mine = browser()
        answer = passkey.get(mine.post("/login/passkey/options").json())
        assert mine.post("/login/passkey", {"answer": answer}).status_code == status


@pytest.mark.parametrize(
    "nonsense", ["", "{}", "[]", "null", '{"id": 3}', '{"rawId": "AA", "response": {}}', "x" * 200, "[" * 60_000]
)
def test_nonsense_is_told_so(passkey: Passkey, nonsense: str) -> None:
    mine = browser()
    mine.post("/login/passkey/options")
    assert mine.post("/login/passkey", {"answer": nonsense}).status_code == 422


def test_by_a_number_instead_of_a_name_there_are_no_passkeys(ada: Client) -> None:
    answer = ada.post("/security/passkeys/options", headers={"Host": "127.0.0.1"})
    assert (answer.status_code, "name" in answer.json()["error"]) == (422, True)


def test_whoever_left_has_no_passkey(world: World, passkey: Passkey) -> None:
    from careline.domain.staff.commands import deactivate
    from careline.domain.staff.granting import give_roles

    give_roles(world.ben, role="administrator", by=agent(world.ada.pk), at=NOON)
    deactivate(world.ada, by=agent(world.ben.pk), at=NOON)
    mine = browser()
    assert (
        mine.post("/login/passkey", {"answer": passkey.get(mine.post("/login/passkey/options").json())}).status_code
        == 422
    )
    assert person(world.ada.pk) is None
