"""What is known of cases, fact by fact, as rules judge it: one statement, however many rules ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.history.queries import Happened
from careline.domain.triggers.queries.asked import (
    CASES,
    PRIORITY,
    REOPENINGS,
    SINCE_ANSWER,
    SINCE_CUSTOMER,
    SLA,
    TEXT,
)
from careline.domain.triggers.rules.facts import Fact, own_fact
from careline.domain.triggers.rules.judging import Known
from careline.kit import db

_FACTS = f"""
SELECT c.id, c.number, c.category, s.code AS status, {PRIORITY} AS priority, c.team_id AS team, c.assignee_id AS assignee,
    (WITH RECURSIVE above (id, parent_id) AS (SELECT t.id, t.parent_id FROM conversations_topic t WHERE t.id = c.topic_id
         UNION ALL SELECT t.id, t.parent_id FROM conversations_topic t JOIN above ON t.id = above.parent_id)
     SELECT array_agg(id) FROM above) AS topic,
    ARRAY(SELECT lower(t.name) FROM conversations_tag t WHERE t.id = ANY(c.tag_ids)) AS tags,
    c.channel_id AS channel, c.brand_id AS brand, c.language, c.subject, left({TEXT}, 20000) AS text, c.message_count AS messages,
    {REOPENINGS} AS reopenings, c.is_spam, coalesce(c.snoozed_until > %(at)s, false) AS is_snoozed, c.has_attachment, {SLA} AS sla,
    c.next_due_at AS due_in, c.customer_id AS customer, cu.organisation_id AS company, cu.language AS customer_language,
    c.created_at AS age, {SINCE_CUSTOMER} AS since_customer, {SINCE_ANSWER} AS since_answer, c.waiting_since AS waiting,
    c.updated_at AS untouched, c.fields AS case_fields, cu.fields AS customer_fields, o.fields AS company_fields,
    c.merged_into_id IS NOT NULL AS is_merged, c.restricted_to IS NOT NULL AS is_restricted
{CASES} WHERE c.id = ANY(%(ids)s)
"""
_SAID = "SELECT left(visible_text, 20000) AS text FROM conversations_message WHERE id = %s AND conversation_id = %s"
_OWN = (("case_fields", "field."), ("customer_fields", "customer.field."), ("company_fields", "company.field."))
_PRIORITIES = ("low", "normal", "high", "urgent")


def known_of(cases: Sequence[int], *, at: datetime) -> dict[int, Known]:
    """What is known of these cases (by key) at that moment; beside the facts `number`, `is_merged` and `is_restricted`."""
    found = db.rows(_FACTS, {"ids": list(cases), "at": at})
    return {row.id: Known(_values(row)) for row in found}


def with_happening(known: Known, happened: Happened, *, tags: dict[int, str]) -> Known:
    """The same with what is known of what happened. `tags`: names in small letters by key, as `tag_names` reads them."""
    values = {**known.values, **_of_happening(happened, tags)}
    if happened.subject_kind == "message" and happened.conversation_id is not None:
        said = db.value(_SAID, [happened.subject_key, happened.conversation_id])
        values["text"] = said if said is not None else values.get("text")
    return Known(values)


def tag_names(happenings: Sequence[Happened]) -> dict[int, str]:
    keys = {key for h in happenings if h.name == "conversation.tagged" for key in h.data.get("tags", ())}
    if not keys:
        return {}
    return {
        row.id: row.name
        for row in db.rows("SELECT id, lower(name) AS name FROM conversations_tag WHERE id = ANY(%s)", [list(keys)])
    }


def own_facts() -> dict[str, Fact]:
    """The facts of the company's own fields, by code; of those that are in use."""
    found = db.rows(
        """SELECT 'field.' || code AS code, kind FROM conversations_casefield WHERE retired_at IS NULL
           UNION ALL SELECT CASE subject WHEN 'customer' THEN 'customer.field.' ELSE 'company.field.' END || code, kind
           FROM customers_field WHERE archived_at IS NULL""",
        prepared=True,
    )
    return {row.code: own_fact(row.code, row.kind) for row in found}


def _values(row: Any) -> dict[str, Any]:
    values = row._asdict()
    for column, prefix in _OWN:
        values |= {prefix + code: value for code, value in (values.pop(column) or {}).items()}
    return values


def _of_happening(h: Happened, tags: dict[int, str]) -> dict[str, Any]:
    data = h.data
    values: dict[str, Any] = {
        "by": h.actor_kind, "by_agent": h.actor_id if h.actor_kind == "agent" else None, "is_first": bool(data.get("opened")),
        "category_before": data.get("was"),
    }  # fmt: skip
    if h.name == "conversation.prioritised":
        before = data.get("before")
        values["priority_before"] = _PRIORITIES[before - 1] if isinstance(before, int) and 1 <= before <= 4 else None
    elif h.name == "conversation.assigned":
        values |= {"team_before": data.get("team_before"), "assignee_before": data.get("assignee_before")}
    elif h.name == "conversation.topic_changed":
        values["topic_before"] = data.get("before")
    elif h.name == "conversation.tagged":
        before = set(data.get("before", ()))
        values["tags_added"] = [tags[key] for key in data.get("tags", ()) if key not in before and key in tags]
    elif h.name == "conversation.fields_changed":
        values["fields_changed"] = data.get("fields", [])
    return values
