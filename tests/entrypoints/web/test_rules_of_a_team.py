"""The screen of rules, for whoever leads a team."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from careline.domain.history.actor import SYSTEM
from careline.domain.staff import commands as staff
from careline.domain.triggers.queries.rules import rules as all_rules
from tests.world import NOON, World

FORM = {"name": "Bells", "kind": "trigger", "when": "customer_wrote", "do.a.do": "priority", "do.a.to": "high"}


def test_a_lead_begins_with_their_own_team_and_is_told_where_it_is_left_out(
    world: World, enter: Callable[..., Client]
) -> None:
    front = str(world.front.pk)
    dora = staff.add_agent(
        "dora@northwind.example", name="Dora", role="team_lead", team_ids=(world.front.pk,), by=SYSTEM, at=NOON
    )
    lead, ada = enter(dora), enter(world.ada)
    assert "/rules" in lead.get("/settings").content.decode()
    for begun in ("/rules/new", "/rules/new?example=reopened"):
        page = lead.get(begun).content.decode()
        assert re.findall(r'<option value="team" selected', page) == ['<option value="team" selected'], begun
        assert f'value="{front}" checked' in page or f'value="{front}" selected' in page, begun
    assert '<option value="team" selected' not in ada.get("/rules/new").content.decode()
    wide = lead.post("/rules/new", FORM)
    assert (wide.status_code, "say which team they are of" in wide.content.decode()) == (422, True)
    assert 'value="Bells"' in wide.content.decode()
    group = {"c.b.group": "all", "c.b.fact": "team", "c.b.op": "is", "c.b.value": front}
    assert lead.post("/rules/new", FORM | group).status_code == 302
    ada.post("/rules/new", FORM | {"name": "For all"})
    assert [row.name for row in all_rules()] == ["Bells", "For all"]
    listed = lead.get("/rules").content.decode()
    assert ("Bells" in listed, "For all" in listed, "Move Bells up" in listed) == (True, False, False)
    assert "Move Bells up" in ada.get("/rules").content.decode()
