"""Which cases fit a rule's conditions: for rules by time, and for the preview of any rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.queries import Happened
from careline.domain.triggers.queries.asked import CASES, asked_of
from careline.domain.triggers.queries.facts import known_of, tag_names, with_happening
from careline.domain.triggers.rules.conditions import Group
from careline.domain.triggers.rules.judging import Moment, judge
from careline.kit import db

PREVIEWED = timedelta(days=7)
_LOOKED_AT = 500
_ALIVE = "c.merged_into_id IS NULL AND c.restricted_to IS NULL"
"""Cases on which a rule may act: none that was merged away, none that is open to named people only."""


def newly_fitting(rule: int, tree: Group, moment: Moment, *, limit: int) -> tuple[list[int], int]:
    """Cases (by key) that fit and on which the rule does not stand; and how many left what it stood on, forgotten with this."""
    condition, params = asked_of(tree, moment)
    left = db.execute(
        f"""DELETE FROM triggers_standing t WHERE t.rule_id = %(rule)s AND NOT EXISTS (
            SELECT {CASES} WHERE c.id = t.conversation_id AND {_ALIVE} AND {condition})""",
        {**params, "rule": rule},
    )
    found = db.rows(
        f"""SELECT c.id {CASES} WHERE {_ALIVE} AND {condition}
            AND NOT EXISTS (SELECT FROM triggers_standing t WHERE t.rule_id = %(rule)s AND t.conversation_id = c.id)
            ORDER BY c.id LIMIT %(limit)s""",
        {**params, "rule": rule, "limit": limit},
    )
    return [row.id for row in found], left


def fitting_now(tree: Group, moment: Moment, *, limit: int) -> list[Any]:
    """Cases that fit now, the newest first: id, number, subject, at."""
    condition, params = asked_of(tree, moment)
    found = db.rows(
        f"""SELECT c.id, c.number, c.subject, c.updated_at AS at {CASES}
            WHERE {_ALIVE} AND c.updated_at > %(since)s AND {condition} ORDER BY c.updated_at DESC, c.id DESC LIMIT %(limit)s""",
        {**params, "since": moment.at - PREVIEWED, "limit": _LOOKED_AT},
    )
    known = known_of([row.id for row in found], at=moment.at)
    return [row for row in found if judge(tree, known[row.id], moment).holds][:limit]


def would_have_fitted(names: Sequence[str], tree: Group, moment: Moment, *, limit: int) -> list[Any]:
    """Cases on which one of these happened in the last days and which fit as they stand now: id, number, subject, at."""
    condition, params = asked_of(tree, moment)
    found = db.rows(
        f"""SELECT c.id AS case_id, c.number, c.subject, h.id, h.tx::text::bigint AS tx, h.at, h.actor_kind, h.actor_id, h.via, h.name,
                h.subject_kind, h.subject_key, h.conversation_id, h.customer_id, h.data {CASES}
            JOIN history h ON h.conversation_id = c.id AND h.at > %(since)s AND h.at <= %(at)s AND h.name = ANY(%(names)s)
            WHERE {_ALIVE} AND c.updated_at > %(since)s AND {condition} ORDER BY h.at DESC, h.id DESC LIMIT %(limit)s""",
        {**params, "since": moment.at - PREVIEWED, "names": list(names), "limit": _LOOKED_AT},
    )
    happenings = [Happened(*row[3:]) for row in found]
    known, tags = known_of([row.case_id for row in found], at=moment.at), tag_names(happenings)
    fitting: dict[int, Any] = {}
    for row, happened in zip(found, happenings, strict=True):
        if (
            row.case_id not in fitting
            and judge(tree, with_happening(known[row.case_id], happened, tags=tags), moment).holds
        ):
            fitting[row.case_id] = row
    return list(fitting.values())[:limit]


def case_of(conversation: int) -> Any | None:
    """id, number, merged_into_id, restricted_to."""
    return db.row(
        "SELECT id, number, merged_into_id, restricted_to FROM conversations_conversation WHERE id = %s", [conversation]
    )


def newest_happening(conversation: int, names: Sequence[str], *, before: datetime) -> Happened | None:
    """What happened last on the case of these: what a dry run tries a trigger on."""
    found = db.row(
        """SELECT id, tx::text::bigint, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data
           FROM history WHERE conversation_id = %s AND name = ANY(%s) AND at <= %s ORDER BY id DESC LIMIT 1""",
        [conversation, list(names), before],
    )
    return Happened(*found) if found else None
