"""A mailing on its page, as colleagues see it who did not send it."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from careline.domain.customers.commands.notes import give_consent, withdraw_consent
from careline.domain.customers.commands.segments import save_segment
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.granting import give_roles
from careline.flows.send_mailing import carry_on_mailing, send_mailing
from careline.flows.write_mailing import MailingSaid, add_mailing
from tests.world import NOON, World


def test_who_was_left_out_is_named_to_those_who_see_that_customer(
    world: World, ada: Client, enter: Callable[[Any], Client]
) -> None:
    give_roles(world.cleo, role="success_manager", by=agent(world.ada.pk), at=NOON)
    segment = save_segment(None, name="All", wanted={}, by=SYSTEM, at=NOON)
    give_consent(world.carol, purpose="news", how="asked", by=SYSTEM, at=NOON)
    said = MailingSaid("Spring", segment, "news", world.mailbox.id, "Hello", "Come by.")
    person, by = world.person(world.ada), agent(world.ada.pk)
    key = add_mailing(person, said, by=by, at=NOON)
    send_mailing(person, key, by=by, at=NOON)
    withdraw_consent(world.carol, purpose="news", how="asked", by=SYSTEM, at=NOON)
    while carry_on_mailing(at=NOON):
        pass
    seen, unseen = (browser.get(f"/mailings/{key}").content.decode() for browser in (ada, enter(world.cleo)))
    assert ">Carol<" in seen
    assert (f"Customer {world.carol}" in unseen, "Carol" in unseen) == (True, False)
