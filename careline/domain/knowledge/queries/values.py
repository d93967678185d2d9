"""What the variables of a reply stand for in a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.knowledge.rules.variables import first_name, last_name
from careline.domain.staff.rules import Person
from careline.kit import db

_SAYS = """
SELECT c.number, c.subject, c.language, s.name AS status_names, cu.name AS customer_name, o.name AS company_of_customer,
    (SELECT a.value FROM customers_address a WHERE a.customer_id = c.customer_id AND a.kind = 'email'
     ORDER BY a.is_primary DESC, a.id LIMIT 1) AS customer_email,
    t.name AS team_name, t.signature AS team_signature, b.name AS brand_name, (SELECT name FROM company LIMIT 1) AS company_name
FROM conversations_conversation c
JOIN conversations_status s ON s.id = c.status_id
JOIN company_brand b ON b.id = c.brand_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id
LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
LEFT JOIN staff_team t ON t.id = c.team_id
WHERE c.id = %s
"""


def values_in(case: Any, person: Person, *, language: str, at: datetime) -> dict[str, str]:
    """Every variable's value for this case and the agent who writes; empty where there is none."""
    row: Any = db.row(_SAYS, [case.id])
    names = row.status_names
    customer = row.customer_name or ""
    return {
        "customer.name": "" if "@" in customer else customer, "customer.first_name": first_name(customer),
        "customer.last_name": last_name(customer), "customer.email": row.customer_email or "",
        "customer.company": row.company_of_customer or "", "case.number": str(row.number), "case.subject": row.subject,
        "case.status": names.get(language) or names.get("en") or next(iter(names.values()), ""),
        "agent.name": person.name, "agent.first_name": first_name(person.name), "agent.email": person.email,
        "team.name": row.team_name or "", "team.signature": row.team_signature or "", "company.name": row.company_name or "",
        "brand.name": row.brand_name, "today": at.date().isoformat(),
    }  # fmt: skip
