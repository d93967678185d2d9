"""What people chose, where they are told, and what is about to leave."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from careline.domain.notifications.rules.choices import Choices, UnfitChoice, choices_from
from careline.kit import db
from careline.kit.zones import zone_names

_CHOSEN = """
SELECT a.id, h.chosen, h.undisturbed_until,
    coalesce(nullif(a.time_zone, ''), (SELECT time_zone FROM company ORDER BY id LIMIT 1), 'UTC') AS zone,
    ARRAY(SELECT d.id FROM notifications_device d WHERE d.agent_id = a.id ORDER BY d.id) AS devices
FROM staff_agent a LEFT JOIN notifications_choice h ON h.agent_id = a.id WHERE a.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one person wants to be told; `devices` are ids."""

    choices: Choices
    undisturbed_until: datetime | None
    zone: tzinfo
    devices: tuple[int, ...]


def wishes_of(agents: Collection[int]) -> dict[int, Wishes]:
    return {
        row.id: Wishes(_choices(row.chosen), row.undisturbed_until, _zone(row.zone), tuple(row.devices))
        for row in db.rows(_CHOSEN, [list(agents)])
    }


def devices_of(agent: int) -> list[Any]:
    """Newest first: id, name, added_at, told_at."""
    return db.rows(
        "SELECT id, name, added_at, told_at FROM notifications_device WHERE agent_id = %s ORDER BY added_at DESC, id DESC",
        [agent],
    )


def earliest_parcel() -> datetime | None:
    """When the next thing leaves for somebody."""
    return db.value("SELECT min(due_at) FROM notifications_parcel WHERE due_at IS NOT NULL")


def _choices(kept: dict[str, Any] | None) -> Choices:
    try:
        return choices_from(kept or {})
    except UnfitChoice:  # of another version: what holds by default is better than nothing at all
        return choices_from({})


def _zone(name: str) -> tzinfo:
    return ZoneInfo(name if name in zone_names() else "UTC")
