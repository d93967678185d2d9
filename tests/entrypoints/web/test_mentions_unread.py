"""Beside the view of mentions stands how many of them have not been read."""

import json

from django.test import Client

from careline.domain.history.actor import agent
from careline.flows.note import note
from tests.world import NOON, World


def test_a_mention_counts_until_whoever_was_named_has_looked(world: World, ada: Client) -> None:
    def unread() -> int:
        return json.loads(ada.get("/counts").content)["mentions-unread"]

    assert 'data-count="mentions-unread"' in ada.get("/inbox").content.decode()
    before = unread()
    ada.get(f"/conversations/{world.case}")
    ben = world.person(world.ben)
    note(ben, world.case, text="@Ada do you know this bike?", by=agent(ben.id), at=NOON)
    named = unread()
    ada.get(f"/conversations/{world.case}")
    assert (before, named, unread()) == (0, 1, 0)
