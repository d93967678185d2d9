"""A complaint is recorded and moves on. Each joins the caller's transaction, which holds the complaint (and its case before it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.complaints.commands import clocks
from careline.domain.complaints.models import Complaint
from careline.domain.complaints.rules.handling import OPEN
from careline.domain.complaints.rules.terms import Deadline
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """`received_at`: when it reached us. `rules` is None where the usual terms hold."""

    conversation: int | None
    customer: int | None
    brand: int | None
    received_at: datetime
    deadlines: Sequence[Deadline]
    rules: int | None = None
    category: int | None = None
    severity: str = "medium"
    product: int | None = None
    complainant: str = "customer"
    country: str = ""
    text: str = ""
    wish: str = ""
    owner: int | None = None
    about: int | None = None


@transaction.atomic
def record_complaint(new: NewComplaint, *, by: Actor, at: datetime) -> int:
    """Its key, which is its number."""
    row = Complaint.objects.create(
        conversation_id=new.conversation, customer_id=new.customer, brand_id=new.brand, category_id=new.category, severity=new.severity,
        product_id=new.product, complainant=new.complainant, country=new.country, text=new.text, wish=new.wish, rules_id=new.rules,
        received_at=new.received_at, recorded_at=at, recorded_by_id=agent_of(by), owner_id=new.owner, about_id=new.about,
    )  # fmt: skip
    clocks.begin(row.pk, new.deadlines)
    data = {"severity": new.severity, "category": new.category, "rules": new.rules, "owner": new.owner}
    happened = Happening("complaint.recorded", "complaint", row.pk, new.conversation, new.customer, data)
    record(happened, by=by, at=at)
    return int(row.pk)


def locked(key: int) -> Any | None:
    """The complaint's row, held until the transaction ends."""
    return db.row("SELECT * FROM complaints_complaint WHERE id = %s FOR UPDATE", [key])


@transaction.atomic
def change(
    row: Any, columns: Mapping[str, Any], *, what: str, data: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Writes these columns, and says `complaint.<what>` with these codes."""
    Complaint.objects.filter(pk=row.id).update(**columns)
    say(row, what, data, by=by, at=at)


def say(row: Any, what: str, data: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    happened = Happening(f"complaint.{what}", "complaint", row.id, row.conversation_id, row.customer_id, dict(data))
    record(happened, by=by, at=at)


def open_on(conversations: Sequence[int]) -> int:
    """How many on these cases wait for their final answer."""
    return int(
        db.value(
            "SELECT count(*) FROM complaints_complaint WHERE conversation_id = ANY(%s) AND state = ANY(%s)",
            [list(conversations), list(OPEN)],
        )
    )


def another_stands(but: int, conversation: int) -> bool:
    """Whether another one on this case has not ended."""
    return bool(
        db.value(
            """SELECT true FROM complaints_complaint WHERE conversation_id = %s AND id <> %s
               AND state IN ('recorded', 'acknowledged', 'answered') LIMIT 1""",
            [conversation, but],
        )
    )


def agent_of(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
