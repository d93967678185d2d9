"""A return goes its way. Each in a transaction, with the order held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.returning import Inspected
from careline.kit import db

_OPEN = ("requested", "label_sent", "received", "inspected")


def require_open(goods: Any, *, before: str = "") -> None:
    """Raises OrderRefused where the return is over, or was received already where it must not be."""
    if goods.state not in _OPEN or (before == "received" and goods.state in ("received", "inspected")):
        raise OrderRefused(f"return_{goods.state}", f"Return {goods.id} is {_WORDS[goods.state]} already.")


def note_label(goods: Any, label: str, *, by: Actor, at: datetime) -> None:
    db.execute("UPDATE orders_return SET label = %s, state = 'label_sent' WHERE id = %s", [label, goods.id])
    _told(goods, "label_sent", by=by, at=at)


def note_received(goods: Any, *, by: Actor, at: datetime) -> None:
    db.execute("UPDATE orders_return SET state = 'received', received_at = %s WHERE id = %s", [at, goods.id])
    _told(goods, "received", by=by, at=at)


def note_inspected(goods: Any, seen: Sequence[Inspected], *, remark: str, by: Actor, at: datetime) -> None:
    """What came is known; somebody has to agree to what it comes to."""
    db.execute(
        "UPDATE orders_return SET state = 'inspected', remark = %s, inspected_at = %s WHERE id = %s",
        [remark, at, goods.id],
    )
    _note_seen(goods.id, seen)
    _told(goods, "inspected", by=by, at=at)


def close(goods: Any, state: str, seen: Sequence[Inspected] = (), *, remark: str = "", by: Actor, at: datetime) -> None:
    """`state`: done, refused or withdrawn."""
    db.execute(
        """UPDATE orders_return SET state = %(state)s, remark = %(remark)s, closed_at = %(at)s,
               inspected_at = CASE WHEN %(state)s = 'withdrawn' THEN inspected_at ELSE coalesce(inspected_at, %(at)s) END WHERE id = %(id)s""",
        {"state": state, "remark": remark, "at": at, "id": goods.id},
    )
    _note_seen(goods.id, seen)
    _told(goods, state, by=by, at=at)


def _note_seen(goods: int, seen: Sequence[Inspected]) -> None:
    rows = [
        {"line": one.line, "accepted": one.accepted, "condition": one.condition, "percent": None if one.percent == 100 else one.percent}
        for one in seen
    ]  # fmt: skip
    db.execute(
        """UPDATE orders_returnline l SET accepted = s.accepted, condition = s.condition, percent = s.percent
           FROM jsonb_to_recordset(%s) AS s (line bigint, accepted int, condition text, percent smallint)
           WHERE l.goods_id = %s AND l.line_id = s.line""",
        [db.json(rows), goods],
    )


_WORDS = {
    "requested": "asked for",
    "label_sent": "on its way",
    "received": "received",
    "inspected": "inspected",
    "done": "done",
    "refused": "refused",
    "withdrawn": "withdrawn",
}


def _told(goods: Any, name: str, *, by: Actor, at: datetime) -> None:
    data = {"return": goods.id, "order": goods.order_id}
    record(
        Happening(f"return.{name}", "order", goods.order_id, goods.conversation_id, goods.customer_id, data),
        by=by,
        at=at,
    )
