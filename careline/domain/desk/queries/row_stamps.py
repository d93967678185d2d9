"""What a row of a list looks like, without its words: rows with the same number and stamp look the same to whoever sees them.

Two hundred browsers fetch the same forty rows after the same happenings. Each asks for itself what it may see, in one narrow
statement; the rows themselves are read and drawn once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.queries.lists import BESIDE
from careline.domain.desk.rules import DEFAULT_VIEWS, Filter
from careline.domain.staff.rules import Person
from careline.kit import db

# A row that PostgreSQL writes anew stands at another place (ctid) and bears the number of its transaction (xmin): of the case's
# own columns nothing else need be said. Beside it stands whatever `lists.CASE` and `row_marks` take from elsewhere.
_STAMPS = f"""
SELECT c.number, f.id IS NOT NULL AS is_offered, ROW(
    c.xmin, c.ctid, coalesce(c.last_message_id > r.message_id, c.last_message_id IS NOT NULL),
    EXISTS (SELECT FROM conversations_draft d WHERE d.conversation_id = c.id AND d.agent_id = %(me)s),
    s.code, s.name, ch.kind, cu.name, o.name, a.name, t.name,
    (SELECT ca.value FROM customers_address ca WHERE ca.customer_id = c.customer_id ORDER BY ca.is_primary DESC, ca.id LIMIT 1),
    CASE WHEN c.tag_ids <> '{{{{}}}}' THEN ARRAY(SELECT tg.name FROM conversations_tag tg WHERE tg.id = ANY(c.tag_ids) ORDER BY lower(tg.name)) END,
    k.calendar_key, st.name, (SELECT settings->'untouched' FROM company ORDER BY id LIMIT 1)
)::text AS stamp
FROM conversations_conversation c{BESIDE}
LEFT JOIN sla_clock k ON k.conversation_id = c.id AND k.kind = c.due_kind AND k.is_business AND NOT k.is_fallback
    AND k.running_since IS NOT NULL AND k.met_at IS NULL AND k.cancelled_at IS NULL
LEFT JOIN routing_offer f ON f.conversation_id = c.id AND f.ended_at IS NULL AND f.due_at > %(at)s
LEFT JOIN routing_standing st ON st.conversation_id = c.id AND st.level > 0
WHERE {{where}} AND c.number = ANY(%(numbers)s) ORDER BY c.number
"""
_OF_THE_HOUSE = [view.filter for view in DEFAULT_VIEWS]


def stamps_among(numbers: list[int], wanted: Filter, person: Person, *, at: datetime) -> list[Any]:
    """`number`, `stamp` and `is_offered` (it counts seconds) of those rows that `rows_among` would give."""
    where, params = conditions_of(wanted, person, at=at)
    # As in rows_among: to plan it takes longer than to go it, and the numbers make its way the same for whatever is asked.
    return db.rows(_STAMPS.format(where=where), params | {"numbers": numbers}, prepared=wanted in _OF_THE_HOUSE)
