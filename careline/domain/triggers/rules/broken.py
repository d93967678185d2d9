"""What a rule names that is not there any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from careline.domain.triggers.rules.conditions import Group, leaves_of
from careline.domain.triggers.rules.facts import NONE, SET, UNSET

Named = Mapping[str, frozenset[str]]
Missing = tuple[str, str]
"""(kind: team, agent, tag, status, topic, channel, brand, reply, webhook, template or field; which)."""

_OF_FACTS = {
    "team": "team", "team_before": "team", "assignee": "agent", "assignee_before": "agent", "by_agent": "agent", "topic": "topic",
    "topic_before": "topic", "channel": "channel", "brand": "brand", "tags": "tag", "tags_added": "tag", "status": "status",
}  # fmt: skip
_OF_ACTIONS = {
    "assign": ("agent", "to"), "team": ("team", "to"), "follow": ("agent", "agent"), "notify_agent": ("agent", "agent"),
    "notify_team": ("team", "team"), "send_reply": ("reply", "reply"), "webhook": ("webhook", "webhook"), "topic": ("topic", "to"),
    "checklist": ("template", "template"), "status": ("status", "to"), "set_field": ("field", "field"),
}  # fmt: skip


def missing_of(tree: Group, actions: Sequence[Mapping[str, Any]], named: Named) -> list[Missing]:
    """Each once, conditions first. A tag to take off may be gone: then there is nothing to take off."""
    return missing_among(all_named(tree, actions), named)


def all_named(tree: Group, actions: Sequence[Mapping[str, Any]]) -> tuple[Missing, ...]:
    """What conditions and actions name, there or not, each once."""
    return tuple(dict.fromkeys((*_of_conditions(tree), *named_in_actions(actions))))


def missing_among(words: Sequence[Missing], named: Named) -> list[Missing]:
    return [(kind, word) for kind, word in words if word not in named[kind]]


def _of_conditions(tree: Group) -> Iterator[Missing]:
    for leaf in leaves_of(tree):
        kind = _OF_FACTS.get(leaf.fact.code)
        if kind is None or leaf.operator in (SET, UNSET):
            continue
        for word in leaf.value:
            if word != NONE:
                yield kind, word.lower() if kind == "tag" else word


def named_in_actions(actions: Sequence[Mapping[str, Any]]) -> Iterator[Missing]:
    """All that they name, there or not."""
    for action in actions:
        if action["do"] == "tag":
            yield from (("tag", name.lower()) for name in action["names"])
        elif action["do"] in _OF_ACTIONS:
            kind, part = _OF_ACTIONS[action["do"]]
            if action[part] not in ("me", "nobody", NONE):
                yield kind, str(action[part])
