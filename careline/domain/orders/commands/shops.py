"""What outside shops tell and have to do: each thing once, however often it is told or tried. Guarded: flows only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record
from careline.kit import db

MOST_TRIES = 60
KEPT = timedelta(days=90)
EVERY = timedelta(minutes=5)
"""How often a shop is asked what changed, whether its webhooks came or not."""
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=1)
_CLAIM_EVENT = """
UPDATE orders_shopevent SET tries = least(tries + 1, 30000), due_at = %(at)s::timestamptz + least(%(first)s * power(2, least(tries, 20)), %(longest)s)
WHERE id = (
    SELECT t.id FROM orders_shopevent t JOIN orders_outsideshop s ON s.id = t.shop_id AND s.is_active
    WHERE t.due_at <= %(at)s ORDER BY t.due_at, t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED
) RETURNING *
"""
_CLAIM_ACT = """
UPDATE orders_shopact SET tries = least(tries + 1, 30000), due_at = %(at)s::timestamptz + least(%(first)s * power(2, least(tries, 20)), %(longest)s)
WHERE id = (
    SELECT t.id FROM orders_shopact t JOIN orders_outsideshop s ON s.id = t.shop_id AND s.is_active
    WHERE t.due_at <= %(at)s ORDER BY t.due_at, t.id LIMIT 1 FOR UPDATE OF t SKIP LOCKED
) RETURNING *
"""
_LEAVE_ALONE = (
    "UPDATE orders_shopevent SET due_at = %(until)s WHERE shop_id = %(id)s AND due_at < %(until)s::timestamptz",
    "UPDATE orders_shopact SET due_at = %(until)s WHERE shop_id = %(id)s AND due_at < %(until)s::timestamptz",
)


def keep_event(
    shop: int, *, external_id: str, topic: str, subject: str, state: str = "new", sentence: str = "", at: datetime
) -> bool:
    """False where it was told before."""
    state = state if subject or state != "new" else "ignored"
    return bool(
        db.execute(
            """INSERT INTO orders_shopevent (shop_id, external_id, topic, subject, state, tries, sentence, received_at, due_at)
               VALUES (%s, %s, %s, %s, %s, 0, %s, %s, %s) ON CONFLICT DO NOTHING""",
            [
                shop,
                external_id[:255],
                topic[:100],
                subject[:255],
                state,
                sentence[:300],
                at,
                at if state == "new" else None,
            ],
        )
    )


def claim_event(*, at: datetime) -> Any | None:
    """The next that is due, of a shop that is on. Whoever dies with it, it is due again."""
    return db.row(_CLAIM_EVENT, {"at": at, "first": _FIRST, "longest": _LONGEST})


def note_event(event: Any, state: str, *, sentence: str = "", after: int = 0, at: datetime) -> None:
    """`done`, `ignored`, `failed`, or `new`: tried again when it is due, not before `after` seconds."""
    if state == "new" and event.tries >= MOST_TRIES:
        state = "failed"
    db.execute(
        """UPDATE orders_shopevent SET state = %(state)s, sentence = %(sentence)s,
               due_at = CASE WHEN %(state)s = 'new' THEN greatest(due_at, %(at)s::timestamptz + %(after)s * interval '1 second') END
           WHERE id = %(id)s""",
        {"state": state, "sentence": sentence[:300], "after": after, "at": at, "id": event.id},
    )


def forget_shop_events(*, at: datetime) -> int:
    return db.execute("DELETE FROM orders_shopevent WHERE received_at < %s AND state <> 'new'", [at - KEPT])


def claim_shop(*, at: datetime) -> Any | None:
    """The next that is to be asked what changed; its row, after that."""
    return db.row(
        """UPDATE orders_outsideshop SET tries = least(tries + 1, 30000), due_at = %(at)s::timestamptz
               + least(%(first)s * power(2, least(tries, 20)), %(longest)s)
           WHERE id = (SELECT id FROM orders_outsideshop WHERE is_active AND due_at <= %(at)s ORDER BY due_at, id LIMIT 1
                       FOR UPDATE SKIP LOCKED) RETURNING *""",
        {"at": at, "first": _FIRST, "longest": _LONGEST},
    )


def note_caught_up(shop: int, *, before: str, cursor: str, has_more: bool, at: datetime) -> None:
    """`before`: the cursor as it was read; who sets it meanwhile, wins."""
    db.execute(
        """UPDATE orders_outsideshop SET cursor = %s, tries = 0, due_at = %s, heard_at = %s, sentence = '', failed_at = NULL
           WHERE id = %s AND cursor = %s""",
        [cursor, at if has_more else at + EVERY, at, shop, before],
    )


def note_heard(shop: int, *, at: datetime) -> None:
    db.execute(
        "UPDATE orders_outsideshop SET heard_at = %s WHERE id = %s AND (heard_at IS NULL OR heard_at < %s)",
        [at, shop, at - timedelta(seconds=10)],
    )


def note_shop_failed(shop: int, sentence: str, *, after: int = 0, at: datetime) -> None:
    """Whatever waits for this shop leaves it alone for `after` seconds, and for half a minute at least."""
    values = {"at": at, "sentence": sentence[:300], "until": at + max(_FIRST, timedelta(seconds=after)), "id": shop}
    db.execute(
        """UPDATE orders_outsideshop SET failed_at = %(at)s, sentence = %(sentence)s,
               due_at = CASE WHEN due_at IS NOT NULL THEN greatest(due_at, %(until)s::timestamptz) END WHERE id = %(id)s""",
        values,
    )
    for leave_alone in _LEAVE_ALONE:
        db.execute(leave_alone, values)


def queue_acts(*, at: datetime, limit: int = 50) -> int:
    """Money that is to go back for orders of outside shops is written down as something that the shop has to do."""
    made = db.rows(
        """INSERT INTO orders_shopact (shop_id, payment_id, subject, key, amount, currency, lines, state, tries, external_id, sentence,
               created_at, due_at)
           SELECT s.shop_id, p.id, s.external_id, 'refund-' || p.id || '-' || substr(md5(o.token || s.external_id), 1, 8), p.amount, p.currency,
               coalesce((SELECT jsonb_agg(jsonb_build_array(k.key, rl.units, rl.amount) ORDER BY k.key)
                   FROM orders_refundline rl JOIN jsonb_each_text(s.lines) k ON k.value = rl.line_id::text
                   WHERE rl.refund_id = (SELECT min(r.id) FROM orders_refund r WHERE r.order_id = p.order_id AND r.method_id = p.method_id
                       AND r.amount = p.amount AND r.at = p.at)), '[]'), 'waiting', 0, '', '', %(at)s, %(at)s
           FROM orders_payment p JOIN orders_shoporder s ON s.order_id = p.order_id JOIN orders_outsideshop o ON o.id = s.shop_id
           WHERE p.state = 'pending' AND p.kind = 'refund' AND NOT EXISTS (SELECT FROM orders_shopact a WHERE a.payment_id = p.id)
           ORDER BY p.id LIMIT %(limit)s ON CONFLICT DO NOTHING RETURNING id""",
        {"at": at, "limit": limit},
    )
    return len(made)


def claim_act(*, at: datetime) -> Any | None:
    return db.row(_CLAIM_ACT, {"at": at, "first": _FIRST, "longest": _LONGEST})


def note_act_waits(act: Any, sentence: str, *, after: int = 0, at: datetime) -> None:
    """However often: money that was promised is not given up because a shop does not answer."""
    db.execute(
        """UPDATE orders_shopact SET sentence = %(sentence)s, due_at = greatest(due_at, %(at)s::timestamptz + %(after)s * interval '1 second')
           WHERE id = %(id)s AND state = 'waiting'""",
        {"sentence": sentence[:300], "after": after, "at": at, "id": act.id},
    )


def end_act(act: Any, *, external_id: str, reference: str, sentence: str = "", at: datetime) -> bool:
    """Done where the shop has an id for it, else failed; the payment with it. False where it was known to be done before."""
    is_done = bool(external_id)
    changed = db.execute(
        """UPDATE orders_shopact SET state = %s, external_id = %s, sentence = %s, due_at = NULL, done_at = %s
           WHERE id = %s AND state <> 'done'""",
        ["done" if is_done else "failed", external_id, sentence[:300], at, act.id],
    )
    row = db.row(
        """UPDATE orders_payment SET state = %(state)s, reference = %(reference)s, settled_at = %(at)s
           WHERE id = %(id)s AND kind = 'refund' AND state <> %(state)s AND state <> 'settled' RETURNING id, order_id, amount, currency""",
        {
            "state": "settled" if is_done else "failed",
            "reference": reference if is_done else "",
            "at": at,
            "id": act.payment_id,
        },
    )
    if not changed or row is None:
        return False
    customer = db.value("SELECT customer_id FROM orders_order WHERE id = %s", [row.order_id])
    data = {"order": row.order_id, "payment": row.id, "amount": row.amount, "currency": row.currency}
    name = "order.refund_settled" if is_done else "order.refund_failed"
    record(Happening(name, "order", row.order_id, None, customer, data), by=SYSTEM, at=at)
    return True


def act_of_key(shop: int, key: str) -> Any | None:
    """What we asked this shop to give back under a key, held."""
    return (
        db.row("SELECT * FROM orders_shopact WHERE shop_id = %s AND key = %s FOR UPDATE", [shop, key]) if key else None
    )
