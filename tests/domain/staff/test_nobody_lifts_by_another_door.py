"""Doors that would hand on more than one holds: another's deputy, a provider of one's own, a narrowed token."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from careline.domain.history.actor import Actor, agent
from careline.domain.staff.granting import add_role, give_roles
from careline.domain.staff.granting_rules import Given
from careline.domain.staff.models import Agent
from careline.domain.staff.providers import ProviderSettings, save_provider
from careline.domain.staff.rules import Forbidden
from careline.domain.staff.standing_in import name_deputy
from careline.flows.change_webhook import add_webhook
from tests.world import NOON, World

PROVIDER = ProviderSettings("Mine", issuer="https://id.example", client_id="careline", secret="s")


def personnel(world: World) -> Actor:
    """Cleo manages people, and holds nothing else."""
    lines = [Given("staff:manage"), Given("staff:grant")]
    role = add_role("Personnel", lines=lines, by=agent(world.ada.pk), at=NOON).code
    give_roles(world.cleo, role=role, by=agent(world.ada.pk), at=NOON)
    return agent(world.cleo.pk)


def named(world: World, absent: Agent, by: Actor) -> int:
    until = NOON + timedelta(days=3)
    return name_deputy(absent, deputy_id=world.ben.pk, starts_at=NOON, ends_at=until, by=by, at=NOON).pk


def test_nobody_names_a_deputy_for_somebody_who_may_more(world: World) -> None:
    with pytest.raises(Forbidden, match="Ada may do more than you"):
        named(world, world.ada, personnel(world))
    assert named(world, world.cleo, agent(world.ada.pk))


def test_a_narrowed_token_hands_nothing_on_for_its_owner(world: World) -> None:
    narrowed = replace(agent(world.ada.pk), token_scopes=frozenset({"conversation:read"}))
    with pytest.raises(Forbidden):
        named(world, world.ada, narrowed)
    with pytest.raises(Forbidden):
        named(world, world.ada, replace(narrowed, token_scopes=frozenset({"staff:manage"})))
    assert named(world, world.ada, agent(world.ada.pk))


def test_only_who_holds_everything_chooses_who_vouches_for_our_people(world: World) -> None:
    with pytest.raises(Forbidden, match="do not hold yourself"):
        save_provider(None, PROVIDER, by=personnel(world), at=NOON)
    assert save_provider(None, PROVIDER, by=agent(world.ada.pk), at=NOON) == "mine"


@pytest.mark.parametrize("topics", [["*"], ["conversation.*", "customer.*"]])
def test_a_webhook_made_with_a_narrowed_token_tells_no_more_than_the_token_may(world: World, topics: list[str]) -> None:
    from careline.domain.staff.rules import narrowed_to

    scopes = frozenset({"webhook:manage", "conversation:read"})
    ada, by = world.person(world.ada), replace(agent(world.ada.pk), token_scopes=scopes)
    asked = {"name": "Shop", "url": "https://shop.example", "topics": topics, "content": "full", "at": NOON}
    with pytest.raises(Forbidden):
        add_webhook(narrowed_to(ada, scopes), **asked, by=by)
    assert add_webhook(ada, **asked, by=agent(ada.id))
    less = asked | {"topics": ["conversation.*"]}
    assert add_webhook(narrowed_to(ada, scopes), **less, by=by)
