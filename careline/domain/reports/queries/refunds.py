"""Money that went back: by its reason, and by kind and the topic of the case it was given in."""

from __future__ import annotations

from typing import Any

from careline.domain.reports.queries.ratios import moments_of
from careline.domain.reports.queries.reach import filters_of, reaches_all, seen_by
from careline.domain.reports.rules.asking import Asked
from careline.domain.staff.rules import Person
from careline.kit import db

MOST = 200
_REASON = "lower(regexp_replace(btrim(r.reason), '\\s+', ' ', 'g'))"
"""By which reasons are the same: written in capitals or not, with whichever spaces."""
_REFUNDS = "FROM orders_refund r LEFT JOIN case_fact f ON f.conversation_id = r.conversation_id"


def refunds_by(person: Person, asked: Asked) -> list[Any]:
    """kind, topic (of its case), currency, refunds, amount (minor units), cases; the most frequent first."""
    where, params = _where(person, asked)
    return db.rows(
        f"""SELECT r.kind, f.topic_id AS topic, r.currency, count(*) AS refunds, sum(r.amount)::bigint AS amount,
                count(DISTINCT f.number) AS cases
            {_REFUNDS} WHERE {where} GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 2, 3 LIMIT {MOST}""",
        params,
    )


def refunds_by_reason(person: Person, asked: Asked) -> list[Any]:
    """key, reason (as it was written last), currency, refunds, amount, cases; the dearest first. An empty key: none was given."""
    where, params = _where(person, asked)
    return db.rows(
        f"""SELECT {_REASON} AS key, (array_agg(btrim(r.reason) ORDER BY r.at DESC))[1] AS reason, r.currency, count(*) AS refunds,
                sum(r.amount)::bigint AS amount, count(DISTINCT f.number) AS cases
            {_REFUNDS} WHERE {where} GROUP BY 1, 3 ORDER BY sum(r.amount) DESC, 1, 3 LIMIT {MOST}""",
        params,
    )


def refunds_behind(
    person: Person,
    asked: Asked,
    *,
    currency: str,
    kind: str | None = None,
    reason: str | None = None,
    limit: int = MOST,
) -> list[Any]:
    """id, at, amount, currency, reason, kind, order (its number), case (its number, or None); the newest first. `reason`: a key."""
    where, params = _where(person, asked)
    return db.rows(
        f"""SELECT r.id, r.at, r.amount, r.currency, r.reason, r.kind, o.number AS "order", f.number AS "case"
            {_REFUNDS} JOIN orders_order o ON o.id = r.order_id WHERE {where} AND r.currency = %(currency)s
                AND (%(kind)s::text IS NULL OR r.kind = %(kind)s) AND (%(reason)s::text IS NULL OR {_REASON} = %(reason)s)
            ORDER BY r.at DESC, r.id DESC LIMIT %(limit)s""",
        params | {"kind": kind, "reason": reason, "currency": currency, "limit": limit},
    )


def _where(person: Person, asked: Asked) -> tuple[str, dict[str, Any]]:
    """Refunds in cases that the asker sees; those given without a case only to those who see all, and without a filter."""
    seen, params = seen_by(person)
    filters, more = filters_of(asked)
    since, until = moments_of(asked)
    params |= more | {"begins": since, "ends": until}
    alone = "f.conversation_id IS NULL AND r.conversation_id IS NULL AND %(alone)s"
    params["alone"] = reaches_all(person) and not asked.only
    return (
        f"r.at >= %(begins)s AND r.at < %(ends)s AND (({alone}) OR (f.conversation_id IS NOT NULL AND {filters} AND {seen}))",
        params,
    )
