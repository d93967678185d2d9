"""The pages of people: roles, rights and why, deputies, leaving, teams."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import add_agent
from careline.domain.staff.granting import give_roles
from careline.domain.staff.queries import members_of, person
from careline.domain.staff.roles import lines_of_role, role_with
from careline.flows.keep_chat_site import add_chat_site
from careline.kit import db
from tests.world import NOON, World

PART = {"HX-Request": "true"}


def test_a_role_is_made_changed_and_removed_on_its_page(world: World, ada: Client) -> None:
    form = {
        "name": "Chat desk", "scope-conversation:read": "own", "scope-conversation:reply": "own", "scope-staff:read": "on",
        "line-verb": ["conversation:read", "", "conversation:reply"], "line-scope": ["all", "all", "team"],
        "line-place": [f"channel:{world.mailbox.id}", "", f"team:{world.front.pk}"],
    }  # fmt: skip
    assert ada.post("/roles/new", form).headers["Location"] == "/roles"
    role = role_with("chat_desk")
    assert [line.code for line in lines_of_role(role.pk)] == [
        "conversation:read all channel=" + str(world.mailbox.id), "conversation:read own", "conversation:reply own",
        f"conversation:reply team team={world.front.pk}", "staff:read all",
    ]  # fmt: skip
    shown = ada.get("/roles/chat_desk").content.decode()
    assert re.search(r'name="scope-conversation:read".*?<option value="own" selected>', shown, re.S)
    assert f'<option value="channel:{world.mailbox.id}" selected>' in shown
    again = ada.post(
        "/roles/chat_desk", {"name": "Chat desk", "scope-conversation:read": "team", "second_factor": "on"}
    )
    assert again.status_code == 302
    assert [line.code for line in lines_of_role(role.pk)] == ["conversation:read team"]
    assert role_with("chat_desk").needs_second_factor
    assert ada.post("/roles/chat_desk/removal").status_code == 302
    assert ada.get("/roles/chat_desk").status_code == 404


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": ""}, "A role needs a name."),
        ({"name": "Recruiter"}, "already"),
        ({"name": "X", "line-verb": "conversation:read", "line-scope": "all", "line-place": "channel:999999"}, "There is no channel"),
        ({"name": "X", "line-verb": "conversation:read", "line-scope": "world", "line-place": "team:1"}, "There is no"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_role_is_said_and_nothing_is_lost(
    world: World, ada: Client, form: dict[str, str], words: str
) -> None:
    answer = ada.post("/roles/new", form | {"scope-customer:read": "own"})
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert re.search(r'name="scope-customer:read".*?<option value="own" selected>', page, re.S)


def test_the_page_says_what_ben_may_do_and_why(world: World, ada: Client, enter: Callable[..., Client]) -> None:
    give_roles(world.ben, role="representative", extra=["quality_specialist"], by=agent(world.ada.pk), at=NOON)
    page = ada.get(f"/people/{world.ben.pk}/rights?case={world.case}").content.decode()
    assert '<a href="/roles/representative">Representative</a>' in page
    assert '<a href="/roles/quality_specialist">Quality specialist</a>' in page
    assert (
        "A role of theirs reaches all cases; It is in a team of theirs" in page or "It is in a team of theirs" in page
    )
    other = ada.get(f"/people/{world.cleo.pk}/rights?case={world.case}").content.decode()
    assert "out of its reach" in other
    hidden = enter(world.cleo).get(f"/people/{world.ada.pk}/rights?case={world.case}").content.decode()
    assert f"There is no case {world.case}." in hidden


def test_a_deputy_answers_on_behalf_of_whom_they_stand_in_for(world: World, enter: Callable[..., Client]) -> None:
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    cleo = enter(world.cleo)
    assert cleo.get(f"/conversations/{world.case}").status_code == 404
    form = {"deputy": world.cleo.pk, "from": "2026-11-20", "until": "2026-11-27"}
    assert enter(world.ben).post(f"/people/{world.ben.pk}/deputies", form).status_code == 302
    assert cleo.get(f"/conversations/{world.case}").status_code == 200
    sent = cleo.post(
        f"/conversations/{world.case}/messages", {"kind": "reply", "text": "For Ben", "to": "carol@example.com"}, headers=PART
    )  # fmt: skip
    assert sent.status_code == 200
    row = db.row("SELECT actor_id, data FROM history WHERE name = 'message.queued'")
    assert row is not None
    assert (row.actor_id, row.data["on_behalf_of"]) == (world.cleo.pk, world.ben.pk)
    page = enter(world.ben).get(f"/people/{world.ben.pk}").content.decode()
    ending = re.search(rf"/people/{world.ben.pk}/deputies/\d+", page)
    assert ending
    enter(world.ben).post(ending[0])
    assert cleo.get(f"/conversations/{world.case}").status_code == 404


@pytest.mark.parametrize(
    "form",
    [{}, {"deputy": "x", "from": "2026-11-20", "until": "2026-11-27"}, {"from": "soon"}, {"until": "0001-01-01"}],
)
def test_half_a_deputyship_is_told_so(world: World, ada: Client, form: dict[str, str]) -> None:
    answer = ada.post(f"/people/{world.ben.pk}/deputies", {"deputy": world.cleo.pk} | form)
    assert (answer.status_code, "first and the last day" in answer.content.decode()) == (422, True)


def test_whoever_leaves_is_handed_over_and_may_come_back(world: World, ada: Client) -> None:
    db.execute("UPDATE conversations_conversation SET assignee_id = %s", [world.ben.pk])
    assert "<dd>1" in ada.get(f"/people/{world.ben.pk}/leaving").content.decode()
    assert ada.post(f"/people/{world.ben.pk}/leaving", {"to": "nobody"}).status_code == 422
    assert ada.post(f"/people/{world.ben.pk}/leaving", {"to": world.ada.pk}).status_code == 302
    assert (person(world.ben.pk), db.value("SELECT assignee_id FROM conversations_conversation")) == (
        None,
        world.ada.pk,
    )
    assert "They are back" in ada.get(f"/people/{world.ben.pk}").content.decode()
    ada.post(f"/people/{world.ben.pk}", {"then": "reactivate"})
    assert person(world.ben.pk) is not None


def test_nobody_lifts_themselves_on_their_page(world: World, ada: Client) -> None:
    assert ada.post(f"/people/{world.ada.pk}", {"role": "director"}).status_code == 403
    assert ada.post(f"/people/{world.ada.pk}/leaving", {"to": "team"}).status_code == 403
    assert db.value("SELECT count(*) FROM history WHERE name = 'access.refused'") == 2


def test_a_team_is_changed_on_its_page(world: World, ada: Client, enter: Callable[..., Client]) -> None:
    place = f"/teams/{world.front.pk}"
    assert place in ada.get("/people").content.decode()
    form = {"name": "Front", "signature": "Yours, Front", "member": [world.ben.pk, world.cleo.pk, 10**12]}
    assert ada.post(place, form).headers["Location"] == place
    assert sorted(members_of(world.front.pk)) == sorted([world.ben.pk, world.cleo.pk])
    taken = ada.post(place, form | {"name": "Back"})
    assert (taken.status_code, "already" in taken.content.decode()) == (422, True)
    seen = enter(world.ben).get(place).content.decode()
    assert ("Yours, Front" in seen, '<form class="form"' in seen) == (True, False)
    assert enter(world.ben).post(place, form).status_code == 403


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """How often the database is asked, by our own statements and by Django's."""
    from django.db import connection

    own, ask = [0], db._ran

    def counted_ask(sql: str, args: Any, prepared: bool) -> Any:
        own[0] += 1
        return ask(sql, args, prepared)

    monkeypatch.setattr(db, "_ran", counted_ask)

    def counted(browse: Callable[[], object]) -> int:
        own[0] = 0
        with CaptureQueriesContext(connection) as djangos:
            browse()
        return own[0] + len(djangos)

    return counted


@pytest.mark.parametrize(
    "place", ["/people", "/roles", "/access-record", "/teams/{team}", "/people/{ben}", "/people/{ben}/rights"]
)
def test_no_page_asks_once_more_for_each_row(
    world: World, ada: Client, place: str, statements: Callable[[Callable[[], object]], int]
) -> None:
    address = place.format(team=world.front.pk, ben=world.ben.pk)

    def asked() -> int:
        return statements(lambda: ada.get(address))

    ada.get(address)
    before = asked()
    assert before > 3
    for name in ("Dora", "Emil"):
        add_agent(
            f"{name.lower()}@northwind.example",
            name=name,
            role="specialist",
            team_ids=(world.front.pk,),
            by=SYSTEM,
            at=NOON,
        )
    assert asked() == before


def test_a_team_is_shown_with_its_mailboxes_and_with_no_token_of_a_chat(world: World, ada: Client) -> None:
    site = add_chat_site(world.person(world.ada), name="Shop", team=world.front.pk, settings={}, by=SYSTEM, at=NOON)
    people, team = (ada.get(page).content.decode() for page in ("/people", f"/teams/{world.front.pk}"))
    assert (site.token in people + team, f"/mailboxes/{site.id}" in team) == (False, False)
    assert (world.mailbox.address in people, f"/mailboxes/{world.mailbox.id}" in team) == (True, True)
