"""Whether conditions hold for a case, and if not, what stood against it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from careline.domain.calendars.rules.ages import seconds_between
from careline.domain.calendars.rules.schedule import Schedule
from careline.domain.calendars.rules.working_time import is_open
from careline.domain.triggers.rules.conditions import Group, Leaf
from careline.domain.triggers.rules.facts import ALL, ANY, CUSTOMER, IS, LEAST, MOST, NO, NONE, NOT, OVER, SET, UNSET
from careline.domain.triggers.rules.words import Text, plain_phrase

MOST_TOLD = 5
SEVERAL = ("tags", "choices")


@dataclass(slots=True)
class Moment:
    """When it is judged: `schedule` are the opening hours that the rule goes by, `zone` where its clock hangs."""

    at: datetime
    zone: tzinfo
    schedule: Schedule | None = None

    @property
    def openness(self) -> str:
        return "open" if self.schedule is None or is_open(self.schedule, self.at) else "closed"


@dataclass(slots=True)
class Known:
    """What is known of one case, by fact: codes, ids, names of tags in small letters, texts, moments; `own` of its fields."""

    values: Mapping[str, Any]
    _texts: dict[str, Text] = field(default_factory=dict)
    """By fact: a long text is made plain once, however many rules look into it."""
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    def text(self, code: str) -> Text:
        said = str(self.values.get(code) or "")
        if code not in self._texts or self._texts[code].said != said:
            self._texts[code] = Text(said)
        return self._texts[code]

    def names(self, code: str) -> frozenset[str]:
        """Of a fact that is several names, in small letters."""
        if code not in self._names:
            self._names[code] = frozenset(str(one).lower() for one in self.values.get(code) or ())
        return self._names[code]

    def renewed(self, values: Mapping[str, Any]) -> Known:
        """What is known after a rule has acted; texts that are still the same are not read again."""
        return Known(values, self._texts)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`against`: what failed, [{"asked": the leaf as written, "found": its value, "in": all|any|none}]."""

    holds: bool
    against: tuple[dict[str, Any], ...] = ()


def judge(tree: Group, known: Known, moment: Moment) -> Verdict:
    if _holds(tree, known, moment):
        return Verdict(True)
    return Verdict(False, tuple(_against(tree, known, moment))[:MOST_TOLD])


def _holds(part: Group | Leaf, known: Known, moment: Moment) -> bool:
    if isinstance(part, Leaf):
        return leaf_holds(part, known, moment)
    if part.kind == "all":
        return all(_holds(one, known, moment) for one in part.parts)
    some = any(_holds(one, known, moment) for one in part.parts)
    return some if part.kind == "any" else not some


def _against(part: Group | Leaf, known: Known, moment: Moment, kind: str = "all") -> list[dict[str, Any]]:
    """For `all` the first that fails, for `any` every one, for `none` the first that holds."""
    if isinstance(part, Leaf):
        return [{"asked": _asked(part.said), "found": shown(part, known, moment), "in": kind}]
    if part.kind == "any":
        return [told for one in part.parts for told in _against(one, known, moment, "any")]
    wanted = part.kind == "all"
    for one in part.parts:
        if _holds(one, known, moment) is not wanted:
            return _against(one, known, moment, part.kind if isinstance(one, Leaf) or wanted else "none")
    return []


@lru_cache(maxsize=5000)
def _asked(said: str) -> Any:
    """A leaf as the log keeps it: the same one stands in many entries, and nobody changes it."""
    return json.loads(said)


def leaf_holds(leaf: Leaf, known: Known, moment: Moment) -> bool:
    if leaf.fact.kind == "text" and leaf.operator in (ANY, ALL, NO):
        return _text_holds(leaf, known)
    value = known.values.get(leaf.fact.code)
    if leaf.fact.kind in SEVERAL and leaf.operator not in (SET, UNSET):
        return _several(leaf, known.names(leaf.fact.code))
    if leaf.operator in (SET, UNSET):
        return (value not in (None, "", [])) is (leaf.operator == SET)
    return _JUDGES[leaf.fact.kind](leaf, value, moment)


def shown(leaf: Leaf, known: Known, moment: Moment) -> Any:
    """The value as the log may keep it: ids, codes and numbers, never somebody's words. An age in seconds."""
    fact = leaf.fact
    value = known.values.get(fact.code)
    if fact.kind == "text" or (fact.of == CUSTOMER and fact.is_own):
        return None
    if fact.code == "hours":
        return moment.openness
    if fact.kind == "weekday":
        return moment.at.astimezone(moment.zone).weekday()
    if fact.kind == "hours":
        return moment.at.astimezone(moment.zone).strftime("%H:%M")
    if isinstance(value, datetime):
        return round(seconds_between(value, moment.at, moment.schedule if leaf.is_business else None))
    return sorted(value) if isinstance(value, frozenset | set) else value


def _text_holds(leaf: Leaf, known: Known) -> bool:
    text = known.text(leaf.fact.code)
    found = [text.holds(phrase) for phrase in map(plain_phrase, leaf.value)]
    return all(found) if leaf.operator == ALL else any(found) if leaf.operator == ANY else not any(found)


def _code(leaf: Leaf, value: Any, moment: Moment) -> bool:
    if leaf.fact.code == "hours":
        value = moment.openness
    return (str(value if value is not None else "") in leaf.value) is (leaf.operator == IS)


def _key(leaf: Leaf, value: Any, moment: Moment) -> bool:
    """A topic is given with those above it, so that one stands for all below."""
    keys = {NONE} if not value else {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
    return bool(keys & set(leaf.value)) is (leaf.operator == IS)


def _several(leaf: Leaf, there: frozenset[str]) -> bool:
    found = [word.lower() in there for word in leaf.value]
    return all(found) if leaf.operator == ALL else any(found) if leaf.operator == ANY else not any(found)


def _number(leaf: Leaf, value: Any, moment: Moment) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return bool(
        value >= leaf.value
        if leaf.operator == LEAST
        else value <= leaf.value
        if leaf.operator == MOST
        else value == leaf.value
    )


def _yes_no(leaf: Leaf, value: Any, moment: Moment) -> bool:
    return bool(value) is leaf.value


def _date(leaf: Leaf, value: Any, moment: Moment) -> bool:
    if not isinstance(value, str) or not value:
        return False
    return value >= leaf.value if leaf.operator == LEAST else value <= leaf.value


def _age(leaf: Leaf, value: Any, moment: Moment) -> bool:
    if value is None:
        return False
    seconds = seconds_between(value, moment.at, moment.schedule if leaf.is_business else None)
    return seconds >= leaf.value if leaf.operator == OVER else seconds < leaf.value


def _due(leaf: Leaf, value: Any, moment: Moment) -> bool:
    if value is None:
        return False
    seconds = seconds_between(moment.at, value, moment.schedule if leaf.is_business else None)
    return seconds >= leaf.value if leaf.operator == OVER else seconds < leaf.value


def _weekday(leaf: Leaf, value: Any, moment: Moment) -> bool:
    return (moment.at.astimezone(moment.zone).weekday() in leaf.value) is (leaf.operator != NOT)


def _hours(leaf: Leaf, value: Any, moment: Moment) -> bool:
    """From the first time until just before the second; where the second is the earlier one, over midnight."""
    local = moment.at.astimezone(moment.zone)
    now, (first, last) = local.hour * 60 + local.minute, leaf.value
    return first <= now < last if first < last else now >= first or now < last


_JUDGES: dict[str, Callable[[Leaf, Any, Moment], bool]] = {
    "code": _code, "key": _key, "number": _number, "yes_no": _yes_no, "date": _date, "age": _age,
    "due": _due, "weekday": _weekday, "hours": _hours,
}  # fmt: skip
