"""How the rows of docs/permissions.csv about notifications are tried."""

from typing import Any

CASE, HOUSE = "case", "house"
_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
"""Of RFC 8291, appendix A."""
_DEVICE = {"endpoint": "https://push.example.com/one", "p256dh": _PUBLIC, "auth": "BTBZMqHH6r4Tts7J_aSIgg"}
TRIALS_OF_NOTICES: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("commands.telling.see", "any"): (
        HOUSE,
        ("PUT", "/notifications/seen", None),
        ("PUT", "/notifications/seen", {}),
    ),
    ("commands.choosing.choose", "any"): (
        HOUSE,
        ("PATCH", "/me/notification-choices", {"pace": "daily"}),
        ("POST", "/settings/notifications", {"pace": "daily", "daily_at": "08:00", "says": "number"}),
    ),
    ("commands.choosing.leave_undisturbed", "any"): (
        HOUSE,
        ("PATCH", "/me/notification-choices", {"undisturbed_until": "2030-01-01T00:00:00Z"}),
        ("PUT", "/settings/notifications/pause", {"until": "hour"}),
    ),
    ("commands.choosing.mute", "conversation:read"): (
        CASE,
        ("PUT", "/conversations/{case}/mute", None),
        ("PUT", "/conversations/{case}/mute", {}),
    ),
    ("commands.choosing.unmute", "conversation:read"): (
        CASE,
        ("DELETE", "/conversations/{case}/mute", None),
        ("DELETE", "/conversations/{case}/mute", {}),
    ),
    ("flows.tell_device.add", "any"): (HOUSE, ("POST", "/me/devices", _DEVICE), ("POST", "/devices", _DEVICE)),
    ("commands.devices.remove_device", "any"): (HOUSE, None, None),
}
