"""Roles of one's own, and that nobody lifts themselves or others by them."""

from __future__ import annotations

import pytest

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import add_agent, deactivate, ensure_roles, issue_link
from careline.domain.staff.errors import LastAdministrator, NameTaken, RoleInUse, WrongGrant
from careline.domain.staff.granting import add_role, administrators, change_role_grants, give_roles, remove_role
from careline.domain.staff.granting_rules import Given, lacking
from careline.domain.staff.models import Agent, Grant, Role
from careline.domain.staff.roles import lines_of_role, role_with
from careline.domain.staff.rules import DEFAULT_ROLES, Allowed, Forbidden, Person
from careline.kit import db
from tests.world import NOON, World, writes_in

READ, REPLY = "conversation:read", "conversation:reply"


def made(world: World, name: str, *lines: Given) -> str:
    return add_role(name, lines=lines, by=agent(world.ada.pk), at=NOON).code


def test_full_rights_on_the_chat_and_only_ones_own_of_mail(world: World) -> None:
    """Wish 19: a role reaches all cases of one channel, and of the others those that are assigned."""
    from careline.domain.channels import commands as channels
    from careline.domain.channels.queries import channel_by_id
    from careline.domain.company.queries import default_brand

    chat = channels.add_channel(
        "email", name="Chat", address="chat@northwind.example", brand_id=default_brand().pk, team_id=None, settings={}, by=SYSTEM, at=NOON
    )  # fmt: skip
    row = channel_by_id(chat.pk)
    assert row is not None
    chatted = writes_in("A chat", text="Hello", mailbox=row).number
    assert chatted is not None
    lines = [Given(verb, "own") for verb in (READ, REPLY)] + [
        Given(verb, "all", channel_id=chat.pk) for verb in (READ, REPLY)
    ]
    give_roles(world.cleo, role=made(world, "Chat desk", *lines), by=agent(world.ada.pk), at=NOON)
    cleo = world.person(world.cleo)
    assert conversation_for(cleo, chatted, verb=REPLY).number == chatted
    with pytest.raises(NotFound):
        conversation_for(cleo, world.case, verb=REPLY)
    db.execute("UPDATE conversations_conversation SET assignee_id = %s WHERE number = %s", [cleo.id, world.case])
    assert conversation_for(cleo, world.case, verb=REPLY).number == world.case


def test_what_is_narrowed_to_a_channel_reaches_no_own_case_elsewhere(world: World) -> None:
    give_roles(
        world.ben, role=made(world, "Elsewhere", Given(READ, "all", channel_id=world.mailbox.id + 1)), by=agent(world.ada.pk), at=NOON
    )  # fmt: skip
    db.execute("UPDATE conversations_conversation SET assignee_id = %s WHERE number = %s", [world.ben.pk, world.case])
    with pytest.raises(NotFound):
        conversation_for(world.person(world.ben), world.case)


def test_a_role_narrowed_to_a_team_reaches_that_team_alone(world: World) -> None:
    case = conversation_by_number(world.case)
    assert case.team_id == world.front.pk
    give_roles(
        world.cleo,
        role=made(world, "Front's guest", Given(READ, "all", team_id=world.front.pk)),
        by=agent(world.ada.pk),
        at=NOON,
    )
    assert conversation_for(world.person(world.cleo), world.case).number == world.case
    db.execute("UPDATE conversations_conversation SET team_id = %s", [world.back.pk])
    with pytest.raises(NotFound):
        conversation_for(world.person(world.cleo), world.case)


def test_roles_held_besides_are_added_up(world: World) -> None:
    before = world.person(world.ben)
    give_roles(
        world.ben, role="representative", extra=["recruiter", "quality_specialist"], by=agent(world.ada.pk), at=NOON
    )
    both = world.person(world.ben)
    assert both.role == "representative"
    assert both.grants[READ] == (Allowed("team"), Allowed("all"))
    assert both.grants[REPLY] == before.grants[REPLY]
    give_roles(world.ben, role="representative", by=agent(world.ada.pk), at=NOON)
    assert world.person(world.ben) == both, "changing the main role leaves the others"
    give_roles(world.ben, role="representative", extra=[], by=agent(world.ada.pk), at=NOON)
    assert world.person(world.ben) == before


def test_nobody_changes_their_own_role(world: World) -> None:
    with pytest.raises(Forbidden, match="Nobody changes their own role"):
        give_roles(world.ada, role="director", by=agent(world.ada.pk), at=NOON)
    assert world.person(world.ada).role == "administrator"


@pytest.fixture
def housekeeper(world: World) -> Agent:
    """Hana manages people and roles, but may do nothing with cases beyond seeing her own."""
    code = made(
        world, "Housekeeper", Given("staff:manage"), Given("staff:grant"), Given("staff:read"), Given(READ, "own")
    )
    return add_agent("hana@northwind.example", name="Hana", role=code, by=agent(world.ada.pk), at=NOON)


def test_nobody_gives_what_they_do_not_hold(world: World, housekeeper: Agent) -> None:
    hana = agent(housekeeper.pk)
    with pytest.raises(Forbidden, match="conversation:reply own"):
        add_role("Sly", lines=[Given(REPLY, "own")], by=hana, at=NOON)
    with pytest.raises(Forbidden, match="conversation:read all"):
        add_role("Wide", lines=[Given(READ, "all")], by=hana, at=NOON)
    with pytest.raises(Forbidden):
        give_roles(world.ben, role="administrator", by=hana, at=NOON)
    with pytest.raises(Forbidden):
        add_agent("eve@northwind.example", name="Eve", role="administrator", by=hana, at=NOON)
    with pytest.raises(Forbidden):
        change_role_grants(housekeeper.role.code, lines=[Given(REPLY, "all")], by=hana, at=NOON)
    assert add_role("Narrow", lines=[Given(READ, "own", channel_id=3)], by=hana, at=NOON).code == "narrow"


def test_nobody_becomes_somebody_who_may_more_by_their_link(world: World, housekeeper: Agent) -> None:
    for victim in (world.ada, world.ben):
        with pytest.raises(Forbidden, match="may do more than you"):
            issue_link(victim, by=agent(housekeeper.pk), at=NOON)


def test_a_narrowed_token_gives_no_more_than_its_scopes(world: World) -> None:
    from dataclasses import replace

    narrowed = replace(agent(world.ada.pk, via="api"), token_scopes=frozenset({"staff:grant"}))
    with pytest.raises(Forbidden):
        add_role("By token", lines=[Given(REPLY, "all")], by=narrowed, at=NOON)


def test_the_last_administrator_stays(world: World) -> None:
    assert administrators() == [world.ada.pk]
    with pytest.raises(LastAdministrator):
        deactivate(world.ada, by=SYSTEM, at=NOON)
    with pytest.raises(LastAdministrator):
        give_roles(world.ada, role="director", by=SYSTEM, at=NOON)
    assert world.person(world.ada).role == "administrator"
    give_roles(world.ben, role="administrator", by=agent(world.ada.pk), at=NOON)
    give_roles(world.ada, role="director", by=agent(world.ben.pk), at=NOON)
    assert administrators() == [world.ben.pk]


def test_a_role_that_makes_the_last_administrator_can_not_lose_that(world: World) -> None:
    code = made(world, "Head", Given("staff:manage"), Given("staff:grant"))
    give_roles(world.ada, role=code, by=SYSTEM, at=NOON)
    with pytest.raises(LastAdministrator):
        change_role_grants(code, lines=[Given("staff:manage")], by=SYSTEM, at=NOON)


def test_a_role_in_use_a_default_one_and_the_administrators_stay_as_they_are(world: World) -> None:
    ada, code = agent(world.ada.pk), made(world, "Chat desk", Given(READ, "own"))
    give_roles(world.ben, role="recruiter", extra=[code], by=ada, at=NOON)
    for held in (code, "specialist"):
        with pytest.raises(RoleInUse):
            remove_role(held, by=ada, at=NOON)
    with pytest.raises(RoleInUse, match="hold every right"):
        change_role_grants("administrator", lines=[Given("staff:manage"), Given("staff:grant")], by=ada, at=NOON)
    with pytest.raises(NameTaken):
        add_role("CHAT desk", lines=[], by=ada, at=NOON)
    give_roles(world.ben, role="recruiter", extra=[], by=ada, at=NOON)
    remove_role(code, by=ada, at=NOON)
    assert not Role.objects.filter(code=code).exists()


@pytest.mark.parametrize(
    "line",
    [Given("conversation:fly"), Given(READ, "world"), Given("staff:read", "own"), Given("staff:read", channel_id=1)],
)
def test_a_grant_that_means_nothing_is_refused(world: World, line: Given) -> None:
    with pytest.raises(WrongGrant):
        add_role("Odd", lines=[line], by=agent(world.ada.pk), at=NOON)


def test_a_newer_version_teaches_unchanged_roles_its_verbs_and_leaves_changed_ones(world: World) -> None:
    change_role_grants("specialist", lines=[Given(READ, "own")], by=agent(world.ada.pk), at=NOON)
    Grant.objects.filter(verb="token:own").delete()
    Role.objects.filter(code="recruiter").delete()
    ensure_roles()
    assert [line.verb for line in lines_of_role(role_with("specialist").pk)] == [READ]
    for code in ("representative", "administrator", "recruiter"):
        held = {(line.verb, line.scope) for line in lines_of_role(role_with(code).pk)}
        assert held == set(DEFAULT_ROLES[code][1].items()), code
    before = Grant.objects.count()
    ensure_roles()
    assert Grant.objects.count() == before


def test_what_is_held_covers_what_is_narrower() -> None:
    held = Person(1, "Ada", "a@example.com", "x", grants={READ: (Allowed("team"), Allowed("all", channel_id=3))})
    wanted = [
        Given(READ, "own"),
        Given(READ, "team", team_id=7),
        Given(READ, "all", channel_id=3, brand_id=1),
        Given(READ, "all"),
        Given(REPLY, "own"),
    ]
    assert lacking(held.grants, wanted) == [Given(READ, "all"), Given(REPLY, "own")]


def test_every_change_of_rights_is_on_the_record(world: World) -> None:
    code = made(world, "Chat desk", Given(READ, "own"))
    change_role_grants(code, lines=[Given(READ, "team")], by=agent(world.ada.pk), at=NOON)
    give_roles(world.ben, role=code, by=agent(world.ada.pk), at=NOON)
    rows = db.rows(
        "SELECT name, actor_id, data FROM history WHERE name IN ('role.added', 'role.changed', 'agent.role_changed') ORDER BY id"
    )
    assert [(row.name, row.actor_id) for row in rows] == [
        (name, world.ada.pk) for name in ("role.added", "role.changed", "agent.role_changed")
    ]
    assert (rows[1].data["given"], rows[1].data["taken"]) == (["conversation:read team"], ["conversation:read own"])
