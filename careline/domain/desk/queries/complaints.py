"""The register as people see it: complaints about cases that they see, and those that were given to them by name.

A complaint whose case has gone is seen by whoever sees all of them. Whoever a complaint is about sees nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.complaints.rules.handling import OPEN, STATES
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Forbidden, Person, may, reach_of
from careline.kit import db

READ = "complaint:read"
_FROM = """
FROM complaints_complaint q LEFT JOIN conversations_conversation h ON h.id = q.conversation_id
LEFT JOIN conversations_conversation c ON c.id = coalesce(h.merged_into_id, h.id)
LEFT JOIN customers_customer u ON u.id = coalesce(c.customer_id, q.customer_id)
LEFT JOIN staff_agent o ON o.id = q.owner_id LEFT JOIN complaints_category g ON g.id = q.category_id
LEFT JOIN complaints_cause s ON s.id = q.cause_id LEFT JOIN orders_product p ON p.id = q.product_id
"""
_ROWS = f"""
SELECT q.*, c.number, c.subject, coalesce(c.pending_approvals, 0) AS pending, c.language AS case_language, u.name AS customer_name,
    o.name AS owner_name, g.name AS category_name, s.name AS cause_name, p.name AS product_name {_FROM}
"""
_ONE = f"""
SELECT q.*, c.number, c.subject, coalesce(c.pending_approvals, 0) AS pending, c.language AS case_language, c.category AS case_category,
    u.name AS customer_name, o.name AS owner_name, g.name AS category_name, s.name AS cause_name, i.name AS investigator_name,
    t.name AS about_name, p.name AS product_name, r.name AS rules_name, r.body AS rules_body, r.extension AS rules_extension, d.name AS decider_name,
    w.name AS recorder_name {_FROM}
LEFT JOIN staff_agent i ON i.id = q.investigator_id LEFT JOIN staff_agent t ON t.id = q.about_id
LEFT JOIN complaints_ruleset r ON r.id = q.rules_id
LEFT JOIN staff_agent d ON d.id = q.decided_by_id LEFT JOIN staff_agent w ON w.id = q.recorded_by_id
"""
NEAR, LATE, MISSED = "near", "late", "missed"
CLOCKS = (NEAR, LATE, MISSED)
"""Due within three days; over by now and still owed; missed at any time."""
_CLOCK = {
    "": "true",
    NEAR: "q.next_due_at > %(at)s AND q.next_due_at <= %(at)s + interval '3 days'",
    LATE: "q.next_due_at <= %(at)s",
    MISSED: "(q.is_broken OR q.next_due_at <= %(at)s)",
}
_FIGURES = {
    "": "true",
    "answered": "q.answered_at IS NOT NULL",
    "in_time": "q.answered_at IS NOT NULL AND NOT q.is_broken",
    "upheld": "q.outcome = 'upheld'",
    "partly": "q.outcome = 'partly'",
    "satisfied": "coalesce(q.is_satisfied, false)",
    "asked": "q.is_satisfied IS NOT NULL",
}
FIGURES = tuple(name for name in _FIGURES if name)
"""What a report counts; `asked`: the customer's view is known."""
_COUNTED = ", ".join(f"count(*) FILTER (WHERE {_FIGURES[name]}) AS {name}" for name in FIGURES)
_SPLITS = {"category": ("q.category_id", "g.name"), "cause": ("q.cause_id", "s.name"), "product": ("q.product_id", "p.name"),
           "severity": ("q.severity", "''")}  # fmt: skip
"""What figures may be split by: key and name."""
ANY_OPEN = "open"
WHICH = (ANY_OPEN, *STATES)


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """`state` may be `open`; `causes`: any of these; `figure`: those that it counts; received from `since` on and before `until`.
    `without`: those that have no category, or no product."""

    state: str = ""
    category: int | None = None
    severity: str = ""
    clock: str = ""
    owner: int | None = None
    causes: tuple[int, ...] = ()
    without_cause: bool = False
    product: int | None = None
    without: str = ""
    figure: str = ""
    since: datetime | None = None
    until: datetime | None = None


def complaint_for(person: Person, key: int, *, verb: str = READ) -> Any:
    """One complaint with its case and people. Raises NotFound for absent and not theirs alike, Forbidden where it may only be seen."""
    found = _seen(person, key, READ)
    if found is None:
        raise NotFound(f"There is no complaint {key}.")
    if verb != READ and _seen(person, key, verb) is None:
        raise Forbidden(verb)
    return found


def complaint_handed_on(key: int) -> Any:
    """For the answer to whoever said just now that it is about themselves: as they left it; they don't see it again."""
    return db.row(f"{_ONE} WHERE q.id = %s", [key])


def complaints(
    person: Person, asked: RegisterFilter, *, verb: str = READ, at: datetime, before: int | None = None, limit: int = 50
) -> list[Any]:
    """The newest first. `verb`: they may do this with them, beside seeing them."""
    where, params = _where(person, asked, at=at)
    if verb != READ:
        reach, more = _visible(person, verb)
        named = {name.replace("reach", "also", 1): value for name, value in more.items()}
        where, params = f"{where} AND {reach.replace('%(reach', '%(also')}", params | named
    return db.rows(
        f"{_ROWS} WHERE {where} AND (%(before)s::bigint IS NULL OR q.id < %(before)s) ORDER BY q.id DESC LIMIT %(limit)s",
        {**params, "before": before, "limit": limit},
    )


def complaints_on(cases: Sequence[int], *, limit: int = 20) -> list[Any]:
    """On these cases, which their reader has been let see; the newest first. Leave out those whose `about_id` is the reader."""
    return db.rows(
        f"{_ROWS} WHERE q.conversation_id = ANY(%s) AND q.state <> 'withdrawn' ORDER BY q.id DESC LIMIT %s",
        [list(cases), limit],
    )


def kept_from(person: Person) -> list[int]:
    """Complaints about this person: what happens to them is told to others only."""
    return [row.id for row in db.rows("SELECT id FROM complaints_complaint WHERE about_id = %s", [person.id])]


def redress_on(cases: Sequence[int], *, since: datetime, until: datetime | None) -> list[Any]:
    """What was given or asked for on these cases meanwhile: action, amount, currency, state (given, waiting, denied), request, at."""
    return db.rows(
        """SELECT action, amount, currency, 'given' AS state, request_id AS request, at FROM approvals_use
           WHERE conversation_id = ANY(%(cases)s) AND reversed_at IS NULL AND at >= %(since)s AND at <= coalesce(%(until)s::timestamptz, 'infinity')
           UNION ALL SELECT action, amount, currency, state, id, asked_at FROM approvals_request
           WHERE conversation_id = ANY(%(cases)s) AND asked_at >= %(since)s AND asked_at <= coalesce(%(until)s::timestamptz, 'infinity')
               AND (state IN ('waiting', 'denied', 'failed') OR (state = 'approved' AND amount IS NULL))
           ORDER BY at, request LIMIT 100""",
        {"cases": list(cases), "since": since, "until": until},
    )


def counts_by_cause(person: Person, asked: RegisterFilter, *, at: datetime) -> dict[int | None, int]:
    """How many for each cause itself; None: no cause is known yet."""
    where, params = _where(person, asked, at=at)
    rows = db.rows(f"SELECT q.cause_id AS cause, count(*) AS count {_FROM} WHERE {where} GROUP BY 1", params)
    return {row.cause: int(row.count) for row in rows}


def figures_of(person: Person, asked: RegisterFilter, *, at: datetime) -> Any:
    """count, and each of FIGURES."""
    where, params = _where(person, asked, at=at)
    return db.row(f"SELECT count(*) AS count, {_COUNTED} {_FROM} WHERE {where}", params)


def figures_by(person: Person, asked: RegisterFilter, split: str, *, at: datetime) -> list[Any]:
    """key (None: it has none), name, count and each of FIGURES; the most frequent first. `split`: category, cause, product, severity."""
    KEY, NAME = _SPLITS[split]
    where, params = _where(person, asked, at=at)
    return db.rows(
        f"""SELECT {KEY} AS key, max({NAME}) AS name, count(*) AS count, {_COUNTED} {_FROM} WHERE {where}
            GROUP BY 1 ORDER BY count(*) DESC, 1 NULLS LAST""",
        params,
    )


def _seen(person: Person, key: int, verb: str) -> Any | None:
    condition, params = _visible(person, verb)
    return db.row(f"{_ONE} WHERE q.id = %(key)s AND {condition}", {**params, "key": key})


def _visible(person: Person, verb: str) -> tuple[str, dict[str, Any]]:
    condition, params = visible(reach_of(person, verb))
    mine = " OR %(me)s IN (q.owner_id, q.investigator_id)" if may(person, verb) else ""
    return f"({condition}{mine}) AND q.about_id IS DISTINCT FROM %(me)s", {**params, "me": person.id}


def _where(person: Person, asked: RegisterFilter, *, at: datetime) -> tuple[str, dict[str, Any]]:
    condition, params = _visible(person, READ)
    parts = [condition, _CLOCK[asked.clock], _FIGURES[asked.figure]]
    if asked.state:
        parts.append("q.state = ANY(%(states)s)")
    else:
        parts.append("q.state <> 'withdrawn'")
    if asked.category is not None:
        parts.append("q.category_id = %(category)s")
    if asked.severity:
        parts.append("q.severity = %(severity)s")
    if asked.owner is not None:
        parts.append("q.owner_id = %(owner)s")
    if asked.causes:
        parts.append("q.cause_id = ANY(%(causes)s)")
    if asked.without_cause:
        parts.append("q.cause_id IS NULL")
    if asked.product is not None:
        parts.append("q.product_id = %(product)s")
    if asked.without:
        parts.append({"category": "q.category_id IS NULL", "product": "q.product_id IS NULL"}[asked.without])
    if asked.since is not None:
        parts.append("q.received_at >= %(since)s")
    if asked.until is not None:
        parts.append("q.received_at < %(until)s")
    states = list(OPEN) if asked.state == ANY_OPEN else [asked.state]
    return " AND ".join(parts), {
        **params, "at": at, "states": states, "category": asked.category, "severity": asked.severity, "owner": asked.owner,
        "causes": list(asked.causes), "product": asked.product, "since": asked.since, "until": asked.until,
    }  # fmt: skip
