"""A view's filter as the one SQL predicate over the case's own columns, with the one predicate of who sees what.

Lists, counts, what the API lists and changes to many at once all ask by this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.desk.queries.search.in_lists import text_conditions
from careline.domain.desk.rules import Filter, Span
from careline.domain.desk.rules.filters import PRIORITIES, SPANS
from careline.domain.sla.queries.silence import bounds as silent_bounds
from careline.domain.sla.queries.silence import forgotten_before, silences
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

Asked = list[tuple[str, dict[str, Any]]]
_SPAN_COLUMNS = {"created": "c.created_at", "updated": "c.updated_at", "waiting": "c.waiting_since"}
_UNREAD = """c.last_message_id IS NOT NULL AND NOT EXISTS (SELECT FROM conversations_reading sr
    WHERE sr.conversation_id = c.id AND sr.agent_id = %(me)s AND sr.message_id >= c.last_message_id)"""


def conditions_of(
    wanted: Filter, person: Person, *, at: datetime, tags: Mapping[str, int] | None = None
) -> tuple[str, dict[str, Any]]:
    """One condition over `conversations_conversation c`, and its parameters."""
    seen, params = visible(reach_of(person, "conversation:read"))
    asked, more = asked_of(wanted, person, at=at, tags=tags)
    return f"{seen} AND {asked}", params | more


def asked_of(
    wanted: Filter, person: Person, *, at: datetime, tags: Mapping[str, int] | None = None, of_live: bool = False
) -> tuple[str, dict[str, Any]]:
    """What the filter itself asks, whoever may see it.

    `tags` are ids by name where they have been read already; `of_live` for statements that leave out merged cases themselves.
    """
    names = _names_in(wanted)
    known = tags if tags is not None or not names else tag_ids(names)
    params: dict[str, Any] = {"at": at, "me": person.id}
    parts = []
    # What is cheap to look at and leaves little comes first: counts evaluate it row by row.
    for part, values in [
        *_of_cover(wanted, person, of_live=of_live), *_of_time(wanted, at=at), *_of_labels(wanted, known or {}),
        *text_conditions(wanted.text, person, at=at),
    ]:  # fmt: skip
        parts.append(part)
        params |= values
    # All of one customer's cases are all of them.
    whole = wanted.customer is not None and not (wanted.categories or wanted.statuses)
    if wanted.spam or not (wanted.also_spam or whole):
        parts.append("c.is_spam" if wanted.spam else "NOT c.is_spam")
    if wanted.snoozed:
        parts.append("c.snoozed_until > %(at)s")
    elif "open" in wanted.categories and not (wanted.also_snoozed or whole):
        parts.append("(c.snoozed_until IS NULL OR c.snoozed_until <= %(at)s)")
    if not of_live:
        parts.append("c.merged_into_id IS NULL")
    return " AND ".join(parts) or "true", params


def _of_cover(wanted: Filter, person: Person, *, of_live: bool) -> Asked:
    """Status, who has it, whose it is."""
    asked: Asked = []
    if of_live and {"open", "waiting"} <= set(wanted.categories):
        pass  # all live cases are one or the other
    elif len(wanted.categories) == 1:
        asked.append(("c.category = %(category)s", {"category": wanted.categories[0]}))
    elif wanted.categories:
        asked.append(("c.category = ANY(%(categories)s)", {"categories": list(wanted.categories)}))
    if wanted.statuses:
        asked.append(("c.status_id = ANY(%(statuses)s::bigint[])", {"statuses": status_ids(wanted.statuses)}))
    if wanted.assignee == "me":
        asked.append(("c.assignee_id = %(me)s", {}))
    elif wanted.assignee == "none":
        asked.append(("c.assignee_id IS NULL", {}))
    elif wanted.assignee:
        asked.append(("c.assignee_id = %(assignee)s", {"assignee": int(wanted.assignee)}))
    if wanted.mentions:
        asked.append(("c.mentioned_ids @> ARRAY[%(me)s::bigint]", {}))
    if wanted.followed:
        asked.append(("c.follower_ids @> ARRAY[%(me)s::bigint]", {}))
    if wanted.complaints:
        asked.append(("c.open_complaints > 0", {}))
    if wanted.unread:
        asked.append((_UNREAD, {}))
    if wanted.team is not None:
        asked.append(("c.team_id = %(team)s", {"team": wanted.team}))
    if wanted.teams:
        asked.append(_of_teams(wanted.teams, person))
    if wanted.customer is not None:
        asked.append(("c.customer_id = %(customer)s", {"customer": wanted.customer}))
    if wanted.company is not None:
        whose = "(SELECT cu.id FROM customers_customer cu WHERE cu.organisation_id = %(company)s)"
        asked.append((f"c.customer_id IN {whose}", {"company": wanted.company}))
    return asked


def _of_teams(teams: tuple[str, ...], person: Person) -> tuple[str, dict[str, Any]]:
    keys = [int(team) for team in teams if team.isdecimal()] + (list(person.team_ids) if "mine" in teams else [])
    named = "c.team_id = ANY(%(teams)s::bigint[])"
    return (f"({named} OR c.team_id IS NULL)" if "none" in teams else named), {"teams": keys}


def _of_labels(wanted: Filter, known: Mapping[str, int]) -> Asked:
    def ids(names: Sequence[str]) -> list[int]:
        """A tag that does not exist stands on nothing (−1)."""
        return [known.get(name.lower(), -1) for name in names]

    asked: Asked = []
    if wanted.tags:
        asked.append(("c.tag_ids @> %(tags)s::bigint[]", {"tags": ids(wanted.tags)}))
    if wanted.tags_any:
        asked.append(("c.tag_ids && %(tags_any)s::bigint[]", {"tags_any": ids(wanted.tags_any)}))
    if wanted.tags_none:
        asked.append(("NOT c.tag_ids && %(tags_none)s::bigint[]", {"tags_none": ids(wanted.tags_none)}))
    if wanted.priorities:
        levels = [PRIORITIES.index(name) + 1 for name in wanted.priorities]
        asked.append(("c.priority = ANY(%(priorities)s::smallint[])", {"priorities": levels}))
    for column, name in (("channel_id", "channels"), ("brand_id", "brands")):
        if getattr(wanted, name):
            asked.append((f"c.{column} = ANY(%({name})s::bigint[])", {name: list(getattr(wanted, name))}))
    if wanted.languages:
        asked.append(("c.language = ANY(%(languages)s)", {"languages": list(wanted.languages)}))
    if wanted.topics:
        asked.append(_of_topics(wanted.topics))
    if wanted.fields:
        asked.append(("c.fields @> %(fields)s", {"fields": db.json(wanted.fields)}))
    return asked


def _of_topics(topics: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """A topic with all that stand below it."""
    keys = [row.id for row in db.rows(
        """WITH RECURSIVE below (id) AS (SELECT id FROM conversations_topic WHERE id = ANY(%s::bigint[])
             UNION SELECT t.id FROM conversations_topic t JOIN below ON t.parent_id = below.id) SELECT id FROM below""",
        [[int(topic) for topic in topics if topic.isdecimal()]],
    )]  # fmt: skip
    named = "c.topic_id = ANY(%(topics)s::bigint[])"
    return (f"({named} OR c.topic_id IS NULL)" if "none" in topics else named), {"topics": keys}


def _of_time(wanted: Filter, *, at: datetime) -> Asked:
    asked: Asked = []
    if wanted.due_within is not None:
        asked.append(("c.due_sort <= %(due_before)s", {"due_before": at + wanted.due_within}))
    if wanted.untouched:
        asked.append(forgotten_before(silent_bounds(silences(), at=at)))
    for name in SPANS:
        span: Span | None = getattr(wanted, name)
        if span is None:
            continue
        column = _SPAN_COLUMNS[name]
        bounds = {
            "within": (">=", at - span.within if span.within is not None else None),
            "beyond": ("<", at - span.beyond if span.beyond is not None else None),
            "since": (">=", span.since),
            "until": ("<", span.until),
        }
        asked += [(f"{column} {sign} %({name}_{bound})s", {f"{name}_{bound}": moment})
                  for bound, (sign, moment) in bounds.items() if moment is not None]  # fmt: skip
    return asked


def tag_ids(names: Iterable[str]) -> dict[str, int]:
    """Ids of tags by name in small letters; those that do not exist are left out."""
    found = db.rows(
        "SELECT id, lower(name) AS name FROM conversations_tag WHERE lower(name) = ANY(%s)",
        [[name.lower() for name in names]],
        prepared=True,
    )
    return {row.name: row.id for row in found}


def names_in(filters: Iterable[Filter]) -> list[str]:
    """Every tag that one of them names."""
    return list(dict.fromkeys(name for wanted in filters for name in _names_in(wanted)))


def _names_in(wanted: Filter) -> tuple[str, ...]:
    return (*wanted.tags, *wanted.tags_any, *wanted.tags_none)


def status_ids(words: Sequence[str]) -> list[int]:
    """Ids of statuses by code, or by name in any language."""
    return [row.id for row in db.rows(
        """SELECT id FROM conversations_status s WHERE code = ANY(%(words)s) OR EXISTS (
               SELECT FROM jsonb_each_text(s.name) AS n WHERE lower(n.value) = ANY(%(small)s))""",
        {"words": list(words), "small": [word.lower() for word in words]},
    )]  # fmt: skip
