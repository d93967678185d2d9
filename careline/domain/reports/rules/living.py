"""When a case was open, when it was resolved, how often it came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from careline.domain.reports.rules.cases import Cover, Event

REOPENED = "conversation.reopened"
BACK = (REOPENED, "conversation.waits")
"""How a resolved case lives again. Where one of ours writes on, it waits for the customer: that is no reopening."""


@dataclass(frozen=True, slots=True)
class Life:
    """`resolved_at`: since when it is resolved, None while it is not. `spans`: begin, end, begin … of being open or waiting."""

    first_resolved_at: datetime | None
    resolved_at: datetime | None
    reopenings: int
    spans: tuple[datetime, ...]


def life_of(cover: Cover, events: Sequence[Event]) -> Life:
    """What was undone counts as if it had never been. How the case stands now has the last word: a merge moves cases silently."""
    taken_back = {event.at for event in events if event.name == "message.taken_back"}
    spans, returns = [cover.opened_at], list[bool]()
    for event in events:
        is_open, is_undo = len(spans) % 2 == 1, bool(event.data.get("undo")) or event.at in taken_back
        if event.name == "conversation.resolved" and is_open:
            if is_undo and returns:
                spans.pop()
                returns.pop()
            else:
                spans.append(max(event.at, spans[-1]))
        elif event.name in BACK and event.data.get("was") == "resolved" and not is_open:
            if is_undo:
                spans.pop()
            else:
                spans.append(max(event.at, spans[-1]))
                returns.append(event.name == REOPENED)
    spans = _as_it_stands(cover, spans)
    ends = spans[1::2]
    return Life(ends[0] if ends else None, spans[-1] if len(spans) % 2 == 0 else None, sum(returns), tuple(spans))


def _as_it_stands(cover: Cover, spans: list[datetime]) -> list[datetime]:
    is_open = len(spans) % 2 == 1
    if cover.category == "resolved" and is_open:
        return [*spans, max(cover.resolved_at or spans[-1], spans[-1])]
    return spans if cover.category == "resolved" or is_open else spans[:-1]
