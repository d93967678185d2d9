"""How troubleshooting guides are tried, by the API and on the pages."""

from typing import Any

from careline.domain.history.actor import agent
from careline.flows.keep_guides import WrittenGuide, add_guide, publish_guide
from careline.flows.run_guide import start_guide
from tests.world import NOON, World

CASE, HOUSE = "case", "house"
_STEPS = [
    {"key": "a", "ask": {"en": "Does it ring?"}, "hint": {}, "answers": [{"key": "y", "say": {"en": "Yes"}, "end": "solved"}]}
]  # fmt: skip
_GUIDE = {"titles": {"en": "Bells"}, "steps": _STEPS}
_FORM = {"title.en": "Bells", "s.a.ask.en": "Does it ring?", "a.a.y.say.en": "Yes", "to.a.y": "solved"}
_WALK = "/conversations/{case}/guides"
_ANSWER = {"step": "a", "answer": "y"}

TRIALS_OF_GUIDES: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.keep_guides.add_guide", "guide:manage"): (
        HOUSE,
        ("POST", "/guides", _GUIDE),
        ("POST", "/guides/new", _FORM),
    ),
    ("flows.keep_guides.change_guide", "guide:manage"): (
        HOUSE,
        ("PUT", "/guides/{guide}", _GUIDE),
        ("POST", "/guides/{guide}", _FORM),
    ),
    ("flows.keep_guides.publish_guide", "guide:manage"): (
        HOUSE,
        ("PUT", "/guides/{guide}/publication", None),
        ("PUT", "/guides/{guide}/publication", {}),
    ),
    ("flows.keep_guides.withdraw_guide", "guide:manage"): (
        HOUSE,
        ("DELETE", "/guides/{guide}/publication", None),
        ("DELETE", "/guides/{guide}/publication", {}),
    ),
    ("flows.keep_guides.found_guide", "guide:manage"): (
        HOUSE,
        ("GET", "/guides/{guide}", None),
        ("GET", "/guides/{guide}", None),
    ),
    ("flows.run_guide.start_guide", "conversation:note"): (
        CASE,
        ("POST", _WALK, {"guide": "id {guide}"}),
        ("POST", _WALK, {"guide": "{guide}"}),
    ),
    ("flows.run_guide.answer_guide", "conversation:note"): (
        CASE,
        ("POST", _WALK + "/{guide_run}/answers", _ANSWER),
        ("POST", _WALK + "/{guide_run}/answers", _ANSWER),
    ),
    ("flows.run_guide.step_back", "conversation:note"): (
        CASE,
        ("DELETE", _WALK + "/{guide_run}/answers", None),
        ("DELETE", _WALK + "/{guide_run}/answers", {}),
    ),
    ("flows.run_guide.stop_guide", "conversation:note"): (
        CASE,
        ("DELETE", _WALK + "/{guide_run}", None),
        ("DELETE", _WALK + "/{guide_run}", {}),
    ),
    ("flows.run_guide.note_device", "customer:write"): (
        CASE,
        None,
        ("PUT", _WALK + "/device", {"device": "Comet 3", "version": "2"}),
    ),
}


def keys_of_guides(world: World) -> dict[str, int]:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    guide = add_guide(ada, WrittenGuide({"en": "Bells"}, steps=_STEPS, asks_device=True), by=by, at=NOON)
    publish_guide(ada, guide, by=by, at=NOON)
    return {"guide": guide, "guide_run": start_guide(ada, world.case, guide, by=by, at=NOON)}
