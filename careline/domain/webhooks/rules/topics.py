"""Which happenings a webhook hears of, and which right each topic takes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

EVERYTHING = "*"
TOPICS = {
    "conversation": "conversation:read",
    "message": "conversation:read",
    "customer": "customer:read",
    "organisation": "customer:read",
    "inbound": "inbound:read",
    "channel": "channel:read",
    "order": "order:read",
    "return": "order:read",
    "payment_link": "order:read",
    "quote": "order:read",
    "subscription": "subscription:read",
    "complaint": "complaint:read",
    "team": "staff:read",
    "agent": "staff:manage",
}
"""Topic → the verb that its hearer must hold; happenings of a case or a customer are told besides only where those are seen."""
_PATTERN = re.compile(r"([a-z_]+)\.(\*|[a-z_]+)")


class NoSuchTopic(ValueError):
    """A pattern that names nothing a webhook can hear of."""


def checked(patterns: Sequence[str]) -> list[str]:
    """The patterns without doubles. Raises NoSuchTopic."""
    for pattern in patterns:
        found = _PATTERN.fullmatch(pattern)
        if pattern != EVERYTHING and (found is None or found[1] not in TOPICS):
            known = ", ".join(f"{topic}.*" for topic in TOPICS)
            raise NoSuchTopic(
                f"“{pattern[:100]}” is nothing to hear of: give * or {known}, or one happening as message.received."
            )
    return list(dict.fromkeys(patterns))


def verbs_of(patterns: Collection[str]) -> set[str]:
    """What its owner must hold to choose these; for “everything” nothing more, since it only tells what may be seen."""
    return {TOPICS[pattern.partition(".")[0]] for pattern in patterns if pattern != EVERYTHING}


def hears(patterns: Collection[str], name: str) -> bool:
    """Whether one of the patterns takes in a happening of this name."""
    topic = name.partition(".")[0]
    return topic in TOPICS and not {EVERYTHING, f"{topic}.*", name}.isdisjoint(patterns)
