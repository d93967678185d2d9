"""How the wall is tried."""

from typing import Any

_HOUSE = "house"
TRIALS_OF_WALL: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("desk.wall.queues_of", "wall:read"): (_HOUSE, ("GET", "/wall", None), ("GET", "/wall", None)),
}
