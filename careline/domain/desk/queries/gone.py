"""What saved views and macros name that is not there any more, so that they can say so instead of finding or doing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from careline.domain.desk.queries.conditions import status_ids
from careline.domain.desk.rules import Filter
from careline.domain.triggers.queries.known import named
from careline.domain.triggers.rules.broken import Missing, Named, named_in_actions

Key = TypeVar("Key", str, int)


def gone_from_views(filters: Mapping[str, Filter]) -> dict[str, tuple[Missing, ...]]:
    """By the same codes, those that name something that is gone: (kind, which), as rules tell it."""
    known = named()
    return _those_with_any(
        (code, [one for one in _of_filter(wanted) if _is_gone(one, known)]) for code, wanted in filters.items()
    )


def gone_from_macros(macros: Mapping[int, Sequence[Mapping[str, Any]]]) -> dict[int, tuple[Missing, ...]]:
    """By key. A tag that a macro puts on is made anew where there is none."""
    known = named()
    return _those_with_any(
        (key, [one for one in named_in_actions(actions) if one[0] != "tag" and _is_gone(one, known)])
        for key, actions in macros.items()
    )


def _those_with_any(found: Iterable[tuple[Key, list[Missing]]]) -> dict[Key, tuple[Missing, ...]]:
    return {key: tuple(dict.fromkeys(gone)) for key, gone in found if gone}


def _of_filter(wanted: Filter) -> Iterator[Missing]:
    """A tag that must not stand on a case may be gone: then it stands on none."""
    yield from (("tag", name.lower()) for name in (*wanted.tags, *wanted.tags_any))
    yield from (("status", word) for word in wanted.statuses)
    yield from (("agent", wanted.assignee),) if wanted.assignee.isdecimal() else ()
    teams = (*wanted.teams, *((str(wanted.team),) if wanted.team is not None else ()))
    yield from (("team", team) for team in teams if team.isdecimal())
    yield from (("topic", topic) for topic in wanted.topics if topic.isdecimal())
    yield from (("channel", str(channel)) for channel in wanted.channels)
    yield from (("brand", str(brand)) for brand in wanted.brands)
    yield from (("field", code) for code in wanted.fields)


def _is_gone(one: Missing, known: Named) -> bool:
    kind, which = one
    if which in known[kind]:
        return False
    return kind != "status" or not status_ids((which,))  # it may be said by its name, or be kept by old cases
