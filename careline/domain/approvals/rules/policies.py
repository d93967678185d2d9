"""The company's procedures: rules in order, the first that fits answers.

A rule as data: {"id", "name", "actions": ["refund"] (none: every action), "when": [conditions, all of which must hold],
"outcome": "allow" | "approval" | "deny", "code", "sentences": {language: what the customer is told}, "article", "approver":
{"by": "ladder"} | {"by": "role", "role": CODE} | {"by": "skill", "skill": ID, "level": N}, "four_eyes", "hours", "tells":
{"approved": reply, "denied": reply}, "percent"}. `percent` is of rules for `inspection`: so much of their worth goes back for goods
that came back, as their `condition` is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.approvals.rules.conditions import BadPolicy, Condition, condition_from, holds
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.rates import Rates

ALLOW, APPROVAL, DENY = "allow", "approval", "deny"
OUTCOMES = (ALLOW, APPROVAL, DENY)
LADDER, ROLE, SKILL = "ladder", "role", "skill"
MOST_RULES, MOST_CONDITIONS, LONGEST_HOURS = 500, 20, 24 * 30
USUAL_CODES = {ALLOW: "allowed", APPROVAL: "needs_approval", DENY: "policy"}
TOLD = ("approved", "denied")
INSPECTION = "inspection"
_WORD = re.compile(r"[a-z][a-z0-9_]{0,49}")
_FIELDS = {
    "id", "name", "actions", "when", "outcome", "code", "sentences", "article", "approver", "four_eyes", "hours", "tells", "percent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approver:
    """Who has to agree: whoever is next above and may (`ladder`), somebody of a role, or with a skill from a level on."""

    by: str = LADDER
    role: str = ""
    skill: int | None = None
    level: int = 1

    def kept(self) -> dict[str, Any]:
        more: dict[str, dict[str, Any]] = {ROLE: {"role": self.role}, SKILL: {"skill": self.skill, "level": self.level}}
        return {"by": self.by, **more.get(self.by, {})}


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """`tells`: canned replies by which the customer hears of it; `hours` until a silent approver is passed over."""

    id: str
    name: str
    actions: frozenset[str]
    when: tuple[Condition, ...]
    outcome: str
    code: str = ""
    sentences: Mapping[str, str] = field(default_factory=dict)
    article: str = ""
    approver: Approver = Approver()
    four_eyes: bool = False
    hours: int | None = None
    tells: Mapping[str, int] = field(default_factory=dict)
    percent: int | None = None

    def kept(self) -> dict[str, Any]:
        return {
            "id": self.id, "name": self.name, "actions": sorted(self.actions), "when": [one.kept() for one in self.when],
            "outcome": self.outcome, "code": self.code, "sentences": dict(self.sentences), "article": self.article,
            "approver": self.approver.kept(), "four_eyes": self.four_eyes, "hours": self.hours, "tells": dict(self.tells),
            **({"percent": self.percent} if self.percent is not None else {}),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that was asked and did not fit: the first of its conditions that did not hold; `found` None where not known."""

    rule: str
    condition: Condition
    found: Any


@dataclass(frozen=True, slots=True)
class Book:
    """One version of all rules. Version 0: nobody wrote any yet."""

    version: int = 0
    rules: tuple[PolicyRule, ...] = ()

    def first(self, action: str, facts: Facts, *, rates: Rates) -> tuple[PolicyRule | None, tuple[Passed, ...]]:
        """The rule that answers, and those before it that did not fit. Rules of other actions are not named."""
        passed: list[Passed] = []
        for rule in self.rules:
            if rule.actions and action not in rule.actions:
                continue
            missed = next((one for one in rule.when if not holds(one, facts, rates=rates)), None)
            if missed is None:
                return rule, tuple(passed)
            passed.append(Passed(rule.id, missed, facts.known(missed.fact)))
        return None, tuple(passed)

    def reasons(self) -> list[str]:
        """Those that rules ask about, as they have to be said to be understood."""
        asked = (one for rule in self.rules for one in rule.when if one.fact == "reason")
        return sorted({word for one in asked if isinstance(one.value, frozenset) for word in one.value})

    def share_of(self, facts: Facts, *, rates: Rates) -> int:
        """In percent: what goes back for goods that came back so. Only rules that name them are asked."""
        for rule in self.rules:
            if INSPECTION in rule.actions and all(holds(one, facts, rates=rates) for one in rule.when):
                return 0 if rule.outcome == DENY else 100 if rule.percent is None else rule.percent
        return 100


def rules_from(given: Any) -> tuple[PolicyRule, ...]:
    """All rules of a version. Raises BadPolicy."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_RULES:
        raise BadPolicy("rules", f"A policy is a list of at most {MOST_RULES} rules.")
    rules = tuple(_rule(f"rules[{n}]", one) for n, one in enumerate(given))
    keys = [rule.id for rule in rules]
    if len(set(keys)) != len(keys):
        raise BadPolicy("rules", "Two rules have the same id.")
    return rules


def _rule(part: str, given: Any) -> PolicyRule:
    if not isinstance(given, Mapping):
        raise BadPolicy(part, "A rule is an object.")
    if unknown := set(given) - _FIELDS:
        raise BadPolicy(f"{part}.{min(map(str, unknown))[:60]}", "A rule has nothing of this name.")
    outcome = given.get("outcome")
    if outcome not in OUTCOMES:
        raise BadPolicy(f"{part}.outcome", f"A rule answers {', '.join(OUTCOMES)}.")
    name = given.get("name")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= 200:
        raise BadPolicy(f"{part}.name", "A rule needs a name of at most 200 characters.")
    when = given.get("when", [])
    if not isinstance(when, list) or len(when) > MOST_CONDITIONS:
        raise BadPolicy(f"{part}.when", f"A rule has at most {MOST_CONDITIONS} conditions.")
    actions = given.get("actions", [])
    if not isinstance(actions, list) or any(not _is_word(one) for one in actions):
        raise BadPolicy(f"{part}.actions", "Name actions by their codes, as in refund.")
    return PolicyRule(
        _word(part, "id", given.get("id")), name.strip(), frozenset(actions),
        tuple(condition_from(f"{part}.when[{n}]", one) for n, one in enumerate(when)), outcome,
        _word(part, "code", given.get("code") or USUAL_CODES[outcome]), _sentences(part, given.get("sentences", {})),
        _line(part, "article", given.get("article", "")), _approver(part, given.get("approver", {"by": LADDER})),
        _yes_no(part, "four_eyes", given.get("four_eyes", False)), _hours(part, given.get("hours")),
        _tells(part, given.get("tells", {})), _percent(part, given),
    )  # fmt: skip


def _is_word(given: Any) -> bool:
    return isinstance(given, str) and _WORD.fullmatch(given) is not None


def _word(part: str, name: str, given: Any) -> str:
    if not _is_word(given):
        raise BadPolicy(f"{part}.{name}", "Write it in small letters, digits and _, beginning with a letter.")
    return str(given)


def _line(part: str, name: str, given: Any) -> str:
    if not isinstance(given, str) or len(given) > 500:
        raise BadPolicy(f"{part}.{name}", "Give at most 500 characters.")
    return given.strip()


def _yes_no(part: str, name: str, given: Any) -> bool:
    if not isinstance(given, bool):
        raise BadPolicy(f"{part}.{name}", "Say true or false.")
    return given


def _hours(part: str, given: Any) -> int | None:
    if given is not None and (isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= LONGEST_HOURS):
        raise BadPolicy(f"{part}.hours", f"Give 1 to {LONGEST_HOURS} hours, or nothing for the usual time.")
    return given


def _sentences(part: str, given: Any) -> dict[str, str]:
    if not isinstance(given, Mapping) or len(given) > 50:
        raise BadPolicy(f"{part}.sentences", "Give a sentence for each language.")
    for language, words in given.items():
        if not isinstance(language, str) or len(language) > 10 or not isinstance(words, str) or len(words) > 2000:
            raise BadPolicy(f"{part}.sentences", "A sentence has at most 2000 characters.")
    return {language: words.strip() for language, words in given.items() if words.strip()}


def _percent(part: str, given: Mapping[str, Any]) -> int | None:
    percent, inspects = given.get("percent"), INSPECTION in given.get("actions", [])
    if inspects and given["outcome"] == APPROVAL:
        raise BadPolicy(
            f"{part}.outcome",
            "Goods that came back are answered by allow or deny; who has to agree is said of the refund.",
        )
    if percent is None:
        return None
    if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
        raise BadPolicy(f"{part}.percent", "Give 0 to 100 percent, or nothing for all of it.")
    if not inspects or given["outcome"] != ALLOW:
        raise BadPolicy(f"{part}.percent", "How much goes back is said by rules for inspection that allow it.")
    return percent


def _approver(part: str, given: Any) -> Approver:
    if not isinstance(given, Mapping) or given.get("by") not in (LADDER, ROLE, SKILL):
        raise BadPolicy(f"{part}.approver", "Approval is by ladder, role or skill.")
    by, level = given["by"], given.get("level", 1)
    if by == ROLE and not (isinstance(given.get("role"), str) and given["role"]):
        raise BadPolicy(f"{part}.approver.role", "Name a role by its code.")
    if by == SKILL and (not isinstance(given.get("skill"), int) or isinstance(given["skill"], bool)):
        raise BadPolicy(f"{part}.approver.skill", "Name a skill by its id.")
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= 5:
        raise BadPolicy(f"{part}.approver.level", "A level is a number from 1 to 5.")
    return Approver(by, given["role"] if by == ROLE else "", given["skill"] if by == SKILL else None, level)


def _tells(part: str, given: Any) -> dict[str, int]:
    if not isinstance(given, Mapping) or set(given) - set(TOLD):
        raise BadPolicy(f"{part}.tells", f"A customer is told when it is {' or '.join(TOLD)}.")
    if any(isinstance(key, bool) or not isinstance(key, int) or key < 1 for key in given.values()):
        raise BadPolicy(f"{part}.tells", "Name a canned reply by its id.")
    return dict(given)


def approver_from(kept: Mapping[str, Any]) -> Approver:
    """What `Approver.kept` wrote."""
    return Approver(**kept) if kept else Approver()
