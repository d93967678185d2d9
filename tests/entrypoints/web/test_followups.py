"""Follow-ups on the screens: what is due stands beside the views, with as many as it opens."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.history.actor import agent
from careline.flows.follow_up import plan_follow_up
from careline.kit import clock
from tests.world import NOON, World

DUE_AT = NOON + timedelta(days=3)


def test_what_is_due_stands_beside_the_views_with_as_many_as_it_opens(
    three_cases: World, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, who = three_cases, three_cases.person(three_cases.ada)
    for number, days in ((world.case, 0), (world.case + 1, 0), (world.case + 2, 30)):
        plan = Plan("call", DUE_AT + timedelta(days=days), who.id)
        plan_follow_up(who, number, plan, by=agent(who.id), at=NOON)
    link = re.search(r'class="view" href="([^"]+)" data-view="followups"', ada.get("/inbox").content.decode())
    assert link is not None
    found = []
    for at in (NOON, DUE_AT):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        rows = set(re.findall(r'href="/follow-ups/(\d+)"', ada.get(link[1]).content.decode()))
        found.append((json.loads(ada.get("/counts").content)["followups"], len(rows)))
    assert found == [(0, 0), (2, 2)]
    plain = set(re.findall(r'href="/follow-ups/(\d+)"', ada.get("/follow-ups").content.decode()))
    assert len(plain) == 2, "the room opens with what is due, as the number beside it says"
