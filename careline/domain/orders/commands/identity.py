"""Which questions identify a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def set_checks(rows: Sequence[Sequence[str]], *, by: Actor, at: datetime) -> None:
    db.execute("DELETE FROM orders_check")
    for position, questions in enumerate(rows):
        db.execute("INSERT INTO orders_check (position, questions) VALUES (%s, %s)", [position, list(questions)])
    record(
        Happening("identity_checks.changed", "company", 1, data={"checks": [list(row) for row in rows]}), by=by, at=at
    )
