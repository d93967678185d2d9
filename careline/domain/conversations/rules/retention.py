"""What a retention rule may say, and when it runs: pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LEGAL_HOLD = "legal hold"
"""Cases with this tag are exempt from every rule and from erasure, until it is taken off."""
NIGHT = 3
"""The hour at which rules run, by the company's clock."""
TARGETS = ("cases", "raw", "unrouted")
ACTIONS = ("delete", "anonymise", "files")
BASES = ("resolved", "last_message")
FILTERS = ("categories", "teams", "tags", "channels")
CATEGORIES = ("open", "waiting", "resolved", "spam")


class BadRule(ValueError):
    """What a rule says makes no sense; one sentence. `field` is what it is about."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def check_rule(*, name: str, target: str, action: str, basis: str, days: int, filter: dict[str, list[object]]) -> None:
    """Raises BadRule."""
    if not name.strip():
        raise BadRule("name", "Give the rule a name.")
    for field, value, known in (("target", target, TARGETS), ("action", action, ACTIONS), ("basis", basis, BASES)):
        if value not in known:
            raise BadRule(field, f"{value!r} is none of {', '.join(known)}.")
    if not 1 <= days <= 36_500:
        raise BadRule("days", "Say how many days, from 1 to 36500.")
    if target != "cases" and action != "delete":
        raise BadRule("action", "Raw mails can only be deleted.")
    if target != "cases" and any(filter.get(name) for name in ("categories", "teams", "tags")):
        raise BadRule("filter", "Raw mails are narrowed by channel only.")
    for field, values in filter.items():
        if field not in FILTERS or not isinstance(values, list):
            raise BadRule("filter", f"A rule is narrowed by {', '.join(FILTERS)}, each a list.")
        if field == "categories" and not {*values} <= {*CATEGORIES}:
            raise BadRule("filter", f"Categories are {', '.join(CATEGORIES)}.")


def next_night(at: datetime, *, zone: str) -> datetime:
    """The next three o'clock by the company's clock, after `at`."""
    local = at.astimezone(ZoneInfo(zone))
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0, fold=0)
    if night <= local:
        night += timedelta(days=1)
    return night.astimezone(at.tzinfo)
