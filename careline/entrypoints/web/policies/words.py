"""Rules of the policy as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.approvals.rules.facts import KINDS, MONEY, YES_NO
from careline.entrypoints.web.approvals.words import FACTS, action_words
from careline.entrypoints.web.visit import Visit
from careline.kit.money import BadMoney, money_of

OPERATORS = {
    "at_least": gettext_noop("at least"), "at_most": gettext_noop("at most"), "over": gettext_noop("more than"),
    "under": gettext_noop("less than"), "is": gettext_noop("is"), "is_not": gettext_noop("is not"), "is_known": gettext_noop("is known"),
}  # fmt: skip
OUTCOMES = {
    "allow": gettext_noop("Allow"), "approval": gettext_noop("Needs approval"), "deny": gettext_noop("Do not allow"),
}  # fmt: skip
CHIPS = {"allow": "resolved", "approval": "soon", "deny": "late"}
SYMBOLS = {"allow": "check", "approval": "question", "deny": "block"}


def rule_row(n: int, rule: Mapping[str, Any], count: int, visit: Visit) -> dict[str, Any]:
    """A rule as the list shows it."""
    actions = ", ".join(action_words(one) for one in rule["actions"]) or _("Everything")
    return {
        "n": n, "id": rule["id"], "name": rule["name"], "url": f"/settings/policies/draft/rules/{rule['id']}", "actions": actions,
        "conditions": [condition_words(one, visit) for one in rule["when"]], "outcome": _(OUTCOMES[rule["outcome"]]),
        "chip": CHIPS[rule["outcome"]], "symbol": SYMBOLS[rule["outcome"]], "is_last": n == count,
        "sentence": rule["sentences"].get(visit.language) or next(iter(rule["sentences"].values()), ""),
    }  # fmt: skip


def condition_words(condition: Mapping[str, Any], visit: Visit) -> str:
    name = condition["fact"]
    operator = next(word for word in condition if word != "fact")
    value = condition[operator]
    if operator == "is_known":
        sentence = _("%(fact)s is known") if value else _("%(fact)s is not known")
        return sentence % {"fact": _(FACTS[name])}
    return _("%(fact)s %(operator)s %(value)s") % {
        "fact": _(FACTS[name]), "operator": _(OPERATORS[operator]), "value": _said(KINDS[name], value, visit),
    }  # fmt: skip


def _said(kind: str, value: Any, visit: Visit) -> str:
    if kind == MONEY:
        try:
            return money_of(value["amount"], value["currency"]).words(visit.language)
        except BadMoney:
            return str(value["amount"])
    if kind == YES_NO:
        return _("yes") if value else _("no")
    return _(" or ").join(value) if isinstance(value, list) else str(value)
