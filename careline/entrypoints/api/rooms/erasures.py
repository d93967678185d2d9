"""Forgetting customers, and the record of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.erasures import erasure_by_id, erasures_page
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.keeping import Erasure, ErasureQuery
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.erase_customer import Erased, erase_customer, would_erase


@route("DELETE", "/customers/{id}", query=ErasureQuery, answer=Erasure)
def erased_customer(call: Call) -> Any:
    """Forgets a customer: every word of theirs, in every case, file and raw mail.

    With `mode=anonymise` their cases stay with moments and counts, and without a word. With `dry_run=true` the answer says
    exactly what would go, and nothing is changed. A case under legal hold refuses it with 409.
    """
    asked = call.query
    if asked.dry_run:
        found = would_erase(call.person, call.id, mode=asked.mode, by=call.by, at=call.at)
        return _answer(call, found, None)
    found = erase_customer(call.person, call.id, mode=asked.mode, reason=asked.reason, by=call.by, at=call.at)
    return _answer(call, found, found.id)


@route("GET", "/erasures", query=PageQuery, answer=Page[Erasure])
def erasures(call: Call) -> Any:
    """Who was erased, by number, the newest first: when, by whom, why, and how much went."""
    require(call.person, "customer:erase")
    rows = erasures_page(after=key_alone(call.query.cursor), limit=call.query.limit + 1)
    return page_of(rows, limit=call.query.limit, key=lambda row: (row.id,), item=partial(_shown, names=_names()))


@route("GET", "/erasures/{id}", answer=Erasure)
def erasure(call: Call) -> Any:
    """One erasure."""
    require(call.person, "customer:erase")
    row = erasure_by_id(call.id)
    if row is None:
        raise NotFound(f"There is no erasure {call.id}.")
    return _shown(row, _names())


def _answer(call: Call, found: Erased, key: int | None) -> Erasure:
    return Erasure(
        id=str(key) if key else None, customer=str(call.id), mode=found.mode, reason=call.query.reason, counts=found.counts, at=call.at,  # type: ignore[arg-type]
        by=_who(call.by.kind.value, call.by.id, _names()), removed=found.removed, emptied=found.emptied, others=found.shared,
    )  # fmt: skip


def _names() -> dict[int, str]:
    return {row.id: row.name for row in agents()}


def _who(kind: str, key: int, names: dict[int, str]) -> str:
    """By name where it was one of the house."""
    return names.get(key, "") if kind == "agent" and names.get(key) else f"{kind} {key}"


def _shown(row: Any, names: dict[int, str]) -> Erasure:
    return Erasure(
        id=str(row.id), customer=str(row.customer_id), mode=row.mode, reason=row.reason, counts=row.counts, at=row.at,
        by=_who(row.by_kind, row.by_id, names),
    )  # fmt: skip
