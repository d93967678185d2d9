"""How the wall is tried."""

from typing import Any

_CASE, _HOUSE = "case", "house"
TRIALS_OF_WALL: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("desk.wall.queues_of", "wall:read"): (_HOUSE, ("GET", "/wall", None), ("GET", "/wall", None)),
    ("flows.hand_over.hand_over", "conversation:assign"): (
        _CASE,
        ("POST", "/conversations/{case}/hand-over", {"agent": "id {ben}", "text": "For you"}),
        ("POST", "/conversations/{case}/hand-over", {"to": "agent-{ben}", "text": "For you"}),
    ),
    ("flows.hand_over.hand_over_many", "conversation:assign"): (
        _HOUSE,
        None,
        ("POST", "/handover", {"case": "{case}", "to": "agent-{ben}", "text": "For you"}),
    ),
}
