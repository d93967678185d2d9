"""Service requests as a person may see them: through the customer, as everything of a customer's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.desk.queries.owners import ROOT_OF_BUYER
from careline.domain.staff.rules import Forbidden, Person, may, require
from careline.kit import db

READ = "service_request:read"
_REQUEST = f"""
SELECT r.*, t.code AS type_code, v.number AS version_number, v.content, cu.id AS owner_id, cu.name AS customer_name, c.number AS case_number,
    o.name AS opened_by_name, d.name AS decided_by_name, s.key AS step_key, s.kind AS step_kind, s.position AS step_position, s.due_at,
    s.late_at, tm.name AS team_name, coalesce(p.state, '') AS approval_state
FROM requests_request r JOIN requests_type t ON t.id = r.type_id JOIN requests_version v ON v.id = r.version_id
JOIN customers_customer b ON b.id = r.customer_id
{ROOT_OF_BUYER}
LEFT JOIN conversations_conversation c ON c.id = r.conversation_id
LEFT JOIN staff_agent o ON o.id = r.opened_by_id LEFT JOIN staff_agent d ON d.id = r.decided_by_id
LEFT JOIN requests_step s ON s.request_id = r.id AND s.state = 'current'
LEFT JOIN staff_team tm ON tm.id = s.team_id LEFT JOIN approvals_request p ON p.id = r.approval
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is not given leaves it open. `state`: open, waiting, done, withdrawn or running; `mine`: a step for one's team or anybody."""

    type: str = ""
    state: str = ""
    customer: int | None = None
    case: int | None = None
    team: int | None = None
    is_late: bool = False
    mine: bool = False


def requests_page(person: Person, wanted: Filter, *, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first; what is not seen is left out. Raises Forbidden."""
    require(person, READ)
    seen, params = known_to(person, READ)
    params |= {"before": before, "limit": limit, "type": wanted.type, "state": wanted.state}
    parts = [
        seen,
        "(%(before)s::bigint IS NULL OR r.id < %(before)s)",
        "(%(type)s = '' OR t.code = %(type)s)",
        "(%(state)s = '' OR r.state = %(state)s OR (%(state)s = 'running' AND r.state IN ('open', 'waiting')))",
    ]
    if wanted.customer is not None:
        parts.append("r.customer_id = ANY(%(people)s)")
        params["people"] = everybody_in(wanted.customer)
    if wanted.case is not None:
        parts.append("c.number = %(case)s")
        params["case"] = wanted.case
    if wanted.team is not None:
        parts.append("s.team_id = %(team)s")
        params["team"] = wanted.team
    if wanted.is_late:
        parts.append("s.late_at IS NOT NULL")
    if wanted.mine:
        parts.append("r.state = 'open' AND (s.team_id IS NULL OR s.team_id = ANY(%(teams)s))")
        params["teams"] = list(person.team_ids)
    condition = " AND ".join(parts)
    return db.rows(f"{_REQUEST} WHERE {condition} ORDER BY r.id DESC LIMIT %(limit)s", params)


def request_for(person: Person, key: int, *, verb: str = READ) -> Any:
    """Raises NotFound for absent and not theirs alike, Forbidden where it may be seen but not this."""
    found = _seen(person, key, READ)
    if found is None:
        raise NotFound(f"There is no service request {key}.")
    if verb != READ and (not may(person, verb) or _seen(person, key, verb) is None):
        raise Forbidden(verb)
    return found


def _seen(person: Person, key: int, verb: str) -> Any | None:
    if not may(person, verb):
        return None
    seen, params = known_to(person, verb)
    return db.row(f"{_REQUEST} WHERE r.id = %(key)s AND {seen}", params | {"key": key})
