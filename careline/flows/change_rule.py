"""Rules are written, ordered, switched and removed: by whoever holds for all cases what the rule does.

Whoever holds it for their teams writes rules whose conditions name teams of theirs, and sees these alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.calendars.queries import calendar_by_id
from careline.domain.conversations.commands import labels
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.knowledge.rules.actions import BadMacro, actions_from
from careline.domain.staff.rules import Forbidden, Person, may_over, require
from careline.domain.triggers.commands import rules
from careline.domain.triggers.commands.rules import MOST_RULES, Written
from careline.domain.triggers.queries.facts import own_facts
from careline.domain.triggers.queries.known import named
from careline.domain.triggers.queries.rules import rule_by_id
from careline.domain.triggers.queries.rules import rules as all_rules
from careline.domain.triggers.rules.actions import MOST_ACTIONS, OF_RULES, action_from, verbs_of
from careline.domain.triggers.rules.bounds import teams_of
from careline.domain.triggers.rules.broken import missing_of
from careline.domain.triggers.rules.conditions import BadRule, Group, conditions_from
from careline.domain.triggers.rules.whens import KINDS, TIME, WHENS

VERB = "rule:manage"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as somebody wrote it: `conditions` as rules/conditions.py reads them, `actions` as a macro's and rules/actions.py."""

    name: str
    kind: str = "trigger"
    whens: list[str] = field(default_factory=list)
    conditions: dict[str, Any] = field(default_factory=dict)
    actions: list[dict[str, Any]] = field(default_factory=list)
    calendar: int | None = None
    stops: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """What was written, judged; with its conditions taken apart."""

    written: Written
    tree: Group


def add_rule(agent: Person, written: WrittenRule, *, by: Actor, at: datetime) -> int:
    """A new rule, the last in order; its id. Raises Forbidden, BadRule, Refused."""
    require(agent, VERB)
    if len(all_rules()) >= MOST_RULES:
        raise Refused(f"There are {MOST_RULES} rules: remove one first.")
    fit = _allowed(agent, written)
    return rules.add_rule(fit.written, author=agent.id, by=by, at=at)


def change_rule(agent: Person, key: int, written: WrittenRule, *, by: Actor, at: datetime) -> None:
    """It says this from now on, and whoever says so is its author. Raises NotFound, Forbidden, BadRule."""
    found_rule(agent, key)
    fit = _allowed(agent, written)
    rules.change_rule(key, fit.written, author=agent.id, by=by, at=at)


def switch_rule(agent: Person, key: int, *, on: bool, by: Actor, at: datetime) -> None:
    """Switching on is answering for what it does. Raises NotFound, Forbidden."""
    row = found_rule(agent, key)
    if on:
        require_of_all(agent, verbs_of(row.actions), teams=teams_of(row.conditions))
    if row.is_active != on:
        rules.switch_rule(key, on=on, by=by, at=at)


def move_rule(agent: Person, key: int, *, to: int, by: Actor, at: datetime) -> None:
    """Puts it at a place, counted from 1: among the rules of all. Raises NotFound, Forbidden."""
    found_rule(agent, key)
    if not may_over(agent, VERB):
        raise Forbidden(VERB, "Rules of all teams run in one order: for this you need “rule:manage” for all cases.")
    rules.move_rule(key, to=to, by=by, at=at)


def remove_rule(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """With its log. Raises NotFound, Forbidden."""
    found_rule(agent, key)
    rules.remove_rule(key, by=by, at=at)


def rules_for(agent: Person) -> list[Any]:
    """Those the person may change, in the order in which they run. Raises Forbidden."""
    require(agent, VERB)
    return [row for row in all_rules() if may_over(agent, VERB, teams_of(row.conditions))]


def found_rule(agent: Person, key: int) -> Any:
    """The rule as it stands. Raises Forbidden, NotFound."""
    require(agent, VERB)
    row = rule_by_id(key)
    if row is None or not may_over(agent, VERB, teams_of(row.conditions)):
        raise NotFound(f"There is no rule {key}.")
    return row


def require_of_all(
    agent: Person, verbs: Iterable[str], *, teams: frozenset[int] = frozenset(), field: str = "conditions"
) -> None:
    """Raises Forbidden unless the person holds each of them for all cases, or for these teams where the rule acts on theirs alone.

    Raises BadRule for `field` where they would hold them if teams of theirs were named.
    """
    for verb in verbs:
        if may_over(agent, verb, teams):
            continue
        if may_over(agent, verb, frozenset(agent.team_ids)):
            raise BadRule(field, "What you set up acts on cases of your own teams: say which team they are of.")
        raise Forbidden(verb, f"A rule acts on all cases: for this you need “{verb}” for all of them.")


def fit_rule(written: WrittenRule) -> Fit:
    """Raises BadRule."""
    name = " ".join(written.name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise BadRule("name", f"A rule needs a name of at most {_LONGEST_NAME} characters.")
    if written.kind not in KINDS:
        raise BadRule("kind", f"A rule is one of {', '.join(KINDS)}.")
    if unknown := set(written.whens) - set(WHENS):
        raise BadRule("when", f"There is no {min(unknown)[:60]}; a rule hears of {', '.join(WHENS)}.")
    if (written.kind == TIME) == bool(written.whens):
        raise BadRule(
            "when", "Say what has to happen." if not written.whens else "A rule by time waits for nothing to happen."
        )
    tree = conditions_from(written.conditions, own_facts(), has_happening=written.kind != TIME)
    if written.kind == TIME and not tree.parts:
        raise BadRule("conditions", "A rule by time needs a condition: else it would act on every case there is.")
    actions = _actions(written.actions)
    new_tags = {("tag", name.lower()) for name in _tags_in(actions)}
    for kind, which in missing_of(tree, actions, named()):
        if (kind, which) in new_tags:
            continue
        raise BadRule("conditions" if kind in ("topic",) else "actions", f"There is no {kind} {which}.")
    if written.calendar is not None and calendar_by_id(written.calendar) is None:
        raise BadRule("calendar", f"There is no calendar {written.calendar}.")
    whens = list(dict.fromkeys(written.whens))
    return Fit(
        Written(name, written.kind, whens, written.conditions, actions, written.calendar, written.stops, written.is_active), tree
    )  # fmt: skip


def _allowed(agent: Person, written: WrittenRule) -> Fit:
    fit = fit_rule(written)
    require_of_all(agent, (VERB, *verbs_of(fit.written.actions)), teams=teams_of(written.conditions))
    labels.tag_ids(_tags_in(fit.written.actions))
    return fit


def _tags_in(actions: list[dict[str, Any]]) -> list[str]:
    """Tags that it gives: made where they are new, so that one that is missing later was taken away."""
    return [name for action in actions if action["do"] == "tag" for name in action["names"]]


def _actions(given: Any) -> list[dict[str, Any]]:
    """Those of a macro by its rules, and those that only rules have."""
    if not isinstance(given, list) or not given:
        raise BadRule("actions", "A rule does at least one thing.")
    if len(given) > MOST_ACTIONS:
        raise BadRule("actions", f"A rule does at most {MOST_ACTIONS} things.")
    read = []
    for n, one in enumerate(given):
        part = f"actions[{n}]"
        if isinstance(one, dict) and one.get("do") in OF_RULES:
            read.append(action_from(part, one))
            continue
        try:
            (action,) = actions_from([one])
        except BadMacro as wrong:
            raise BadRule(wrong.field.replace("actions[0]", part), str(wrong)) from None
        if action.get("to") == "me":
            raise BadRule(part, "A rule is nobody: it can't give a case to itself.")
        read.append(action)
    if sum(one["do"] in ("resolve", "reopen", "status", "snooze") for one in read) > 1:
        raise BadRule("actions", "A rule resolves, reopens, gives a status or snoozes: one of them.")
    return read
