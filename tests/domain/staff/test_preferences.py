"""How people like their screens."""

from typing import Any

import pytest

from careline.domain.history.actor import agent
from careline.domain.staff.preference_rules import UnfitPreference, fitting, is_key, with_defaults
from careline.domain.staff.preferences import prefer, preferences_of
from careline.domain.staff.queries import person
from tests.world import NOON, World, make_world

PLAIN = {"keys": {}, "single_keys": True, "rail_folded": []}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_what_one_chooses_is_ones_own_and_the_rest_stays(world: World) -> None:
    ada, by = world.ada.pk, agent(world.ada.pk)
    assert preferences_of(ada) == PLAIN
    prefer(ada, "keys", {"resolve": ["d"]}, by=by, at=NOON)
    prefer(ada, "single_keys", False, by=by, at=NOON)
    chosen = PLAIN | {"keys": {"resolve": ["d"]}, "single_keys": False}
    assert (preferences_of(ada), preferences_of(world.ben.pk)) == (chosen, PLAIN)
    visitor = person(ada)
    assert visitor is not None and visitor.preferences == chosen
    prefer(ada, "keys", None, by=by, at=NOON)
    assert preferences_of(ada) == PLAIN | {"single_keys": False}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "blue"), ("colour", None), ("single_keys", "yes"), ("keys", []), ("keys", {"resolve": "d"}),
        ("keys", {"Resolve it": ["d"]}), ("keys", {"resolve": ["Ctrl+d"]}), ("keys", {"resolve": ["g i x y"]}),
        ("keys", {"resolve": ["d"], "reply": ["d"]}), ("keys", {"resolve": [""]}), ("keys", {"resolve": ["\0"]}),
        ("keys", {f"act_{n}".replace("0", "o"): [] for n in range(2000)}),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(name: str, value: Any) -> None:
    with pytest.raises(UnfitPreference) as refused:
        fitting(name, value)
    assert refused.value.name == name
    assert str(refused.value).endswith((".", "Shift+ before them."))


def test_keys_are_characters_of_any_script_alone_or_after_one_another() -> None:
    assert [key for key in ("j", "Shift+j", "#", "g i", ". . .", "ش", "ü", "Enter", "j j j j", " ", "Mod+k") if not is_key(key)] == [
        "Enter", "j j j j", " ", "Mod+k",
    ]  # fmt: skip


def test_what_is_no_longer_known_is_left_out() -> None:
    assert with_defaults({"colour": "blue", "single_keys": "often", "keys": {"note": []}}) == {
        "keys": {"note": []},
        "single_keys": True,
        "rail_folded": [],
    }
