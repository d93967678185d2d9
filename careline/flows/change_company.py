"""Companies our customers work for: adding one, changing one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.commands import companies
from careline.domain.desk.queries.companies import company_row
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.change_customer import Wrong, read_fields

_DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def add_company(
    agent: Person,
    *,
    name: str,
    domains: Sequence[str] = (),
    notes: str = "",
    fields: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """The new company's key. Raises Forbidden, Wrong."""
    require(agent, "customer:write")
    values = {code: value for code, value in read_fields("organisation", fields or {}).items() if value is not None}
    made = companies.add_organisation(
        _name(name), domains=_domains(domains), notes=notes.strip(), fields=values, by=by, at=at
    )
    return int(made.pk)


def change_company(agent: Person, company: int, *, by: Actor, at: datetime, **words: Any) -> None:
    """Changes what is given of name, domains, notes, fields. Raises NotFound, Forbidden, Wrong."""
    require(agent, "customer:write")
    if company_row(company) is None:
        raise NotFound(f"There is no company {company}.")
    if "name" in words:
        words["name"] = _name(words["name"])
    if "domains" in words:
        words["domains"] = _domains(words["domains"])
    if "fields" in words:
        words["fields"] = read_fields("organisation", words["fields"])
    companies.change_organisation(company, by=by, at=at, **words)


def _name(words: str) -> str:
    name = " ".join(words.split())
    if not name:
        raise Wrong("name", "A company needs a name.")
    return name[:500]


def _domains(given: Sequence[str]) -> list[str]:
    found = [words.strip().lower().lstrip("@").rstrip(".") for words in given if words.strip()]
    for domain in found:
        if not _DOMAIN.fullmatch(domain):
            raise Wrong("domains", f"“{domain[:80]}” is no domain, as in northwind.example.")
    return list(dict.fromkeys(found))
