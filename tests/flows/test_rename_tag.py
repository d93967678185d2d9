"""A tag is called otherwise, and all that names it goes on as before."""

from __future__ import annotations

import pytest

from careline.domain.conversations.commands.tags import NameTaken, add_tag_name
from careline.domain.history.actor import SYSTEM
from careline.flows.change_macro import WrittenMacro, add_macro
from careline.flows.change_rule import WrittenRule, add_rule
from careline.flows.change_view import Wanted, add_view
from careline.flows.rename_tag import rename_tag
from careline.kit import db
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_rules_macros_and_views_follow_a_tag_to_its_new_name_and_words_alike_stay(world: World) -> None:
    ada = world.person(world.ada)
    key, other = (add_tag_name(name, by=SYSTEM, at=NOON) for name in ("Refund", "bell"))
    asked = {
        "all": [{"fact": "tags", "has_any": ["refund", "bell"]}, {"none": [{"fact": "text", "has_any": ["refund"]}]}]
    }
    acts = [{"do": "tag", "names": ["Refund"]}, {"do": "priority", "to": "high"}]
    rule = add_rule(ada, WrittenRule("Money", "trigger", ["opened"], asked, acts), by=SYSTEM, at=NOON)
    macro = add_macro(ada, WrittenMacro("Money", acts), by=SYSTEM, at=NOON)
    view = add_view(ada, Wanted("Money", {"tags": ["REFUND", "bell"], "text": "refund"}), by=SYSTEM, at=NOON)
    calm = add_view(ada, Wanted("Bells", {"tags": ["bell"]}), by=SYSTEM, at=NOON)
    rename_tag(ada, key, "Money back", by=SYSTEM, at=NOON)
    held = db.row("SELECT conditions, actions FROM triggers_rule WHERE id = %s", [rule])
    assert held is not None
    assert held.conditions == {
        "all": [
            {"fact": "tags", "has_any": ["Money back", "bell"]},
            {"none": [{"fact": "text", "has_any": ["refund"]}]},
        ]
    }
    renamed_acts = [{"do": "tag", "names": ["Money back"]}, acts[1]]
    assert held.actions == renamed_acts
    assert db.value("SELECT actions FROM knowledge_macro WHERE id = %s", [macro]) == renamed_acts
    filters = [db.value("SELECT filter FROM desk_view WHERE id = %s", [one]) for one in (view, calm)]
    assert filters == [{"tags": ["Money back", "bell"], "text": "refund"}, {"tags": ["bell"]}]
    with pytest.raises(NameTaken):
        rename_tag(ada, other, "money BACK", by=SYSTEM, at=NOON)
