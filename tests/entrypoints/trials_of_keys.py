"""How the rows of docs/permissions.csv about one's own screens are tried."""

from typing import Any

HOUSE = "house"
TRIALS_OF_KEYS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("staff.preferences.prefer", "any"): (
        HOUSE,
        ("PATCH", "/me/preferences", {"single_keys": False}),
        ("PUT", "/settings/keys/switch", {"on": "1"}),
    ),
}
