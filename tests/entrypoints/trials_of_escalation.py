"""How escalation is tried: one ladder, and a case that stands on nothing yet."""

from typing import Any

from careline.domain.history.actor import SYSTEM
from careline.domain.routing.commands.ladders import save_ladder
from careline.domain.routing.rules.ladders import Ladder, Rung
from careline.domain.sla.commands.acknowledgements import save_words
from careline.domain.sla.rules.acknowledgements import Words
from tests.world import NOON, World

_CASE, _HOUSE = "case", "house"
_LADDER = {"name": "Everything", "rungs": [{"name": "Manager", "role": "manager"}]}
_TOPIC = {"name-1": "Manager", "who-1": "role:manager"}
_UP = "/conversations/{case}/escalation"

TRIALS_OF_ESCALATION: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.escalate.escalate", "conversation:assign"): (
        _CASE, ("POST", _UP + "s", {"note": "She is angry.", "level": 1}), ("POST", _UP, {"words": "She is angry.", "level": "1"}),
    ),
    ("flows.escalate.lower", "conversation:assign"): (_CASE, None, None),
    ("flows.escalate.take_step_back", "conversation:assign"): (_CASE, None, None),
    ("flows.steps_above.steps_above", "conversation:assign"): (_CASE, None, ("GET", _UP, None)),
    ("flows.keep_ladders.keep_ladder", "routing:manage"): (
        _HOUSE, ("PUT", "/escalation-ladders/{ladder}", _LADDER), ("POST", "/settings/escalation/{ladder}", _TOPIC),
    ),
    ("flows.keep_acknowledgements.keep_words", "promise:manage"): (
        _HOUSE, ("PUT", "/acknowledgements", {"channel": "id {mailbox}", "texts": {"en": "Hello"}}),
        ("POST", "/settings/acknowledgements", {"channel": "{mailbox}", "text-en": "Hello"}),
    ),
    ("flows.keep_acknowledgements.remove_words", "promise:manage"): (
        _HOUSE, ("DELETE", "/acknowledgements/{acknowledgement}", None), ("DELETE", "/settings/acknowledgements/{acknowledgement}", None),
    ),
    ("flows.keep_acknowledgements.preview_words", "promise:manage"): (
        _HOUSE, ("POST", "/acknowledgements/preview", {"channel": "id {mailbox}", "texts": {"en": "Hello"}, "language": "en"}),
        ("POST", "/settings/acknowledgements/preview", {"channel": "{mailbox}", "text-en": "Hello"}),
    ),
    ("flows.keep_ladders.remove_ladder", "routing:manage"): (
        _HOUSE, ("DELETE", "/escalation-ladders/{ladder}", None), ("DELETE", "/settings/escalation/{ladder}", None),
    ),
}  # fmt: skip


def keys_of_escalation(world: World) -> dict[str, int]:
    words = save_words(Words(world.mailbox.id, None, False), by=SYSTEM, at=NOON)
    return {
        "acknowledgement": words,
        "ladder": save_ladder(Ladder("Everything", (Rung("Colleague", role="representative"),)), by=SYSTEM, at=NOON),
    }
