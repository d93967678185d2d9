"""What a right can be narrowed to: channels, brands and teams by name."""

from __future__ import annotations

from careline.domain.channels.queries import channels
from careline.domain.staff.queries import teams
from careline.domain.staff.roles import brand_names


def places() -> dict[str, dict[int, str]]:
    """{channel|brand|team: {id: name}}."""
    return {
        "channel": {row.id: row.name or row.address for row in channels(active=False)},
        "brand": brand_names(),
        "team": {row.id: row.name for row in teams()},
    }
