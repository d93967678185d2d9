"""What a rule may do beside what a macro does, as data; and the verbs that each action takes.

[{"do": "follow", "agent": ID}, {"do": "send_reply", "reply": ID}, {"do": "webhook", "webhook": ID}, {"do": "notify_agent", "agent": ID},
{"do": "notify_team", "team": ID}, {"do": "escalate"}, {"do": "follow_up", "days": N},
{"do": "checklist", "template": ID}, {"do": "topic", "to": ID or "none"},
{"do": "set_field", "field": CODE, "value": …},
{"do": "ask_approval", "action": CODE, "amount": "10.00 EUR" or nothing, "words": …}]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from careline.domain.triggers.rules.conditions import BadRule
from careline.kit.money import BadMoney, money_of

MOST_ACTIONS = 20
ASK = "ask_approval"
OF_RULES: dict[str, str] = {
    "follow": "agent", "send_reply": "reply", "webhook": "webhook", "notify_agent": "agent", "notify_team": "team", "escalate": "",
    "follow_up": "days",
    "checklist": "template", "topic": "to", "set_field": "field",
    "ask_approval": "action",
}  # fmt: skip
"""Each with the name of what it takes."""
LEAVES_THE_HOUSE = frozenset({"reply", "send_reply", "webhook"})
VERBS: dict[str, str] = {
    "assign": "conversation:assign", "team": "conversation:assign", "follow": "conversation:assign", "tag": "conversation:label",
    "untag": "conversation:label", "priority": "conversation:label", "snooze": "conversation:label", "topic": "conversation:label",
    "set_field": "conversation:label", "checklist": "conversation:label", "resolve": "conversation:resolve", "reopen": "conversation:resolve",
    "status": "conversation:resolve", "note": "conversation:note", "notify_agent": "conversation:note", "notify_team": "conversation:note",
    "escalate": "conversation:assign",
    "follow_up": "followup:write", "reply": "conversation:reply", "send_reply": "conversation:reply", "webhook": "webhook:manage",
    "ask_approval": "approval:ask",
}  # fmt: skip


def action_from(part: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """One action of `OF_RULES` in its form. Raises BadRule."""
    kind = given["do"]
    takes = OF_RULES[kind]
    if kind == ASK:
        return _asking(part, given)
    if unknown := set(given) - {"do", takes, *(("value",) if kind == "set_field" else ())}:
        raise BadRule(f"{part}.{min(map(str, unknown))}", f"{kind} takes nothing of this name.")
    if not takes:
        return {"do": kind}
    value = given.get(takes)
    word = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if kind == "set_field":
        if not 0 < len(word) <= 50:
            raise BadRule(f"{part}.field", "Name a field by its code.")
        return {"do": kind, "field": word, "value": given.get("value")}
    if not (word.isascii() and word.isdecimal() and len(word) <= 18) and not (kind == "topic" and word == "none"):
        raise BadRule(f"{part}.{takes}", f"Give an id for {takes}.")
    return {"do": kind, takes: word}


def _asking(part: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(given) - {"do", "action", "amount", "words"}:
        raise BadRule(f"{part}.{min(map(str, unknown))}", f"{ASK} takes nothing of this name.")
    said = {name: given.get(name) or "" for name in ("action", "amount", "words")}
    if any(not isinstance(word, str) or len(word) > 1000 for word in said.values()) or not said["action"]:
        raise BadRule(f"{part}.action", "Say which action is asked for, how much, and why.")
    if said["amount"]:
        amount, _sep, currency = said["amount"].strip().partition(" ")
        try:
            money = money_of(amount, currency)
        except BadMoney as wrong:
            raise BadRule(f"{part}.amount", str(wrong)) from None
        said["amount"] = f"{money.amount} {money.currency}"
    return {"do": ASK, **said}


def verbs_of(actions: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({VERBS[action["do"]] for action in actions}))


def leaves_the_house(actions: Sequence[Mapping[str, Any]]) -> bool:
    return any(action["do"] in LEAVES_THE_HOUSE for action in actions)
