"""Conditions, actions and what came of them as plain sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.triggers.rules.facts import OPERATORS as OF_KIND
from careline.domain.triggers.rules.facts import Fact
from careline.entrypoints.web.gone import gone_things
from careline.entrypoints.web.rules import names
from careline.entrypoints.web.rules.choices import Choices
from careline.entrypoints.web.rules.forms import TAKES

_ALL = {operator for operators in OF_KIND.values() for operator in operators} | {"is_set", "is_empty"}


def asked_words(leaf: dict[str, Any], choices: Choices) -> str:
    """A condition as a sentence."""
    fact, operator = choices.fact(str(leaf.get("fact"))), next((word for word in leaf if word in _ALL), "is")
    name = choices.fact_name(str(leaf.get("fact")))
    if fact is None:
        return name
    return _(names.SENTENCES[operator]) % {"fact": name, "value": _value_words(fact, leaf, leaf.get(operator), choices)}


def against_words(told: dict[str, Any], choices: Choices) -> str:
    """One thing that stood against a rule."""
    if "missing" in told:
        return _("Not there any more: %(things)s") % {"things": gone_things([(told["missing"], str(told["which"]))])}
    asked, fact = asked_words(told["asked"], choices), choices.fact(str(told["asked"].get("fact")))
    found = told.get("found")
    if told.get("in") == "none":
        return _("“%(asked)s” held, and must not") % {"asked": asked}
    if fact is None or found is None or isinstance(found, dict):
        return _("“%(asked)s” did not hold") % {"asked": asked}
    return _("“%(asked)s” did not hold: it was %(found)s") % {
        "asked": asked,
        "found": _found_words(fact, found, choices),
    }


def step_words(step: dict[str, Any]) -> dict[str, str]:
    """{words, refusal} of one action that was done or refused."""
    return {"words": _(names.ACTIONS.get(step["do"], step["do"])), "refusal": str(step.get("refusal", ""))}


def action_words(action: dict[str, Any], choices: Choices) -> str:
    name = _(names.ACTIONS[action["do"]])
    takes, among = TAKES.get(action["do"], ("", ""))
    value = ", ".join(action.get("names", ())) or str(action.get("hours", ""))
    if takes:
        value = choices.name(among, str(action.get(takes, "")))
    return _("%(action)s: %(value)s") % {"action": name, "value": value} if value else name


def leaves_in(conditions: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for kind in ("all", "any", "none"):
        for part in conditions.get(kind, ()):
            found += [part] if "fact" in part else leaves_in(part)
    return found


def _value_words(fact: Fact, leaf: dict[str, Any], value: Any, choices: Choices) -> str:
    if fact.kind in ("age", "due"):
        unit, time = leaf.get("unit", "hours"), leaf.get("time", "clock")
        return _("%(n)s %(unit)s %(time)s") % {
            "n": f"{value:g}",
            "unit": _(names.UNITS[unit]),
            "time": _(names.TIMES[time]),
        }
    if fact.kind == "hours" and isinstance(value, list):
        return _("%(first)s and %(last)s") % {"first": value[0], "last": value[1]}
    return _found_words(fact, value, choices)


def _found_words(fact: Fact, value: Any, choices: Choices) -> str:
    if isinstance(value, bool):
        return _(names.CODES["yes" if value else "no"])
    if fact.kind in ("age", "due") and isinstance(value, int | float):
        minutes = int(value) // 60
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    words = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
    known = dict(choices.values_of(fact))
    return ", ".join(known.get(word, word) for word in words) or _(names.CODES["none"])
