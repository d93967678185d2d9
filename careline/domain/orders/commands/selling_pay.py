"""Payment links, and what a gateway is asked and tells: each thing once, however often it is tried or told. Guarded: flows only."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

TOKEN_BYTES = 24
MOST_TRIES = 60
_FIRST, _LONGEST = timedelta(seconds=5), timedelta(hours=1)
KEPT = timedelta(days=90)


def add_link(
    order: Any, amount: int, *, gateway: str, conversation: int | None, language: str, due_at: datetime, by: Actor, at: datetime
) -> Any:  # fmt: skip
    """Its row; the earlier one of this order ends. `order`: its row, held."""
    db.execute("UPDATE orders_paymentlink SET state = 'withdrawn' WHERE order_id = %s AND state = 'open'", [order.id])
    row = db.row(
        """INSERT INTO orders_paymentlink (order_id, conversation_id, amount, currency, token, state, gateway, session, session_url, sessions,
               language, agent_id, created_at, due_at)
           VALUES (%s, %s, %s, %s, %s, 'open', %s, '', '', 0, %s, %s, %s, %s) RETURNING *""",
        [
            order.id, conversation, amount, order.currency, secrets.token_urlsafe(TOKEN_BYTES), gateway, language,
            by.id if by.kind is ActorKind.AGENT else None, at, due_at,
        ],
    )  # fmt: skip
    _told("payment_link.sent", row, order.customer_id, by=by, at=at)
    return row


def locked_link(key: int) -> Any | None:
    return db.row("SELECT * FROM orders_paymentlink WHERE id = %s FOR UPDATE", [key])


def begin_session(link: Any, *, at: datetime) -> str:
    """The key by which the gateway is asked for its page: the same until there is an answer."""
    if not link.session:
        return f"link-{link.id}-{max(1, link.sessions)}"
    db.execute(
        "UPDATE orders_paymentlink SET sessions = sessions + 1, session = '', session_url = '' WHERE id = %s", [link.id]
    )
    return f"link-{link.id}-{link.sessions + 1}"


def note_session(link: Any, *, session: str, url: str, ends_at: datetime | None, look_at: datetime) -> None:
    db.execute(
        """UPDATE orders_paymentlink SET session = %s, session_url = %s, session_ends_at = %s, look_at = %s, sessions = greatest(sessions, 1)
           WHERE id = %s""",
        [session, url, ends_at, look_at, link.id],
    )


def look_again(link: int, *, at: datetime | None) -> None:
    """When the gateway is asked next what became of it; None: not any more."""
    db.execute("UPDATE orders_paymentlink SET look_at = %s WHERE id = %s", [at, link])


def note_paid(
    link: Any, *, customer: int, reference: str, label: str, last_four: str, amount: int, at: datetime
) -> int:  # fmt: skip
    """The money of a link is here: a payment of its order, by a card that only its gateway knows. The payment's key."""
    method = db.value(
        """INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, is_active, created_at)
           VALUES (%s, 'card', '', %s, %s, %s, %s, false, %s) RETURNING id""",
        [customer, label, last_four, f"{link.gateway}:{reference}", link.currency, at],
    )
    payment = db.value(
        """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at, reference, settled_at)
           VALUES (%s, %s, 'payment', 'settled', %s, %s, %s, %s, %s) RETURNING id""",
        [link.order_id, method, amount, link.currency, at, f"{link.gateway}:{reference}", at],
    )
    db.execute(
        "UPDATE orders_paymentlink SET state = 'paid', paid_at = %s, payment_id = %s, look_at = NULL WHERE id = %s",
        [at, payment, link.id],
    )
    db.execute("UPDATE orders_order SET version = version + 1 WHERE id = %s", [link.order_id])
    _told("payment_link.paid", link, customer, {"payment": int(payment)}, by=SYSTEM, at=at)
    return int(payment)


def note_paid_twice(link: Any, *, customer: int, reference: str, amount: int, at: datetime) -> None:
    """Money came that nobody owes: it goes back the way it came."""
    key = f"twice-{link.gateway}-{reference}"
    if add_act(
        "refund",
        key,
        gateway=link.gateway,
        link=link.id,
        reference=reference,
        amount=amount,
        currency=link.currency,
        at=at,
    ):
        _told("payment_link.paid_twice", link, customer, {"back": amount}, by=SYSTEM, at=at)


def end_link(link: Any, state: str, *, customer: int, by: Actor, at: datetime) -> None:
    """`expired` or `withdrawn`."""
    db.execute("UPDATE orders_paymentlink SET state = %s WHERE id = %s", [state, link.id])
    _told(f"payment_link.{state}", link, customer, by=by, at=at)


def wait_for(link: int, *, until: datetime) -> None:
    """Its time is over, but somebody may be paying just now."""
    db.execute("UPDATE orders_paymentlink SET due_at = %s WHERE id = %s AND state = 'open'", [until, link])


def add_act(
    kind: str, key: str, *, gateway: str, reference: str, amount: int, currency: str, link: int | None = None, payment: int | None = None,
    at: datetime,
) -> bool:  # fmt: skip
    """Something that the gateway has to do; False where it is written down already."""
    return bool(
        db.execute(
            """INSERT INTO orders_gatewayact (gateway, kind, key, link_id, payment_id, reference, amount, currency, state, tries,
                   external_id, sentence, created_at, due_at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'waiting', 0, '', '', %s, %s) ON CONFLICT (key) DO NOTHING""",
            [gateway, kind, key, link, payment, reference, amount, currency, at, at],
        )
    )


def queue_refunds(*, at: datetime, limit: int = 50) -> int:
    """Money that is to go back to what only a gateway knows is written down as an act of it."""
    made = db.rows(
        """INSERT INTO orders_gatewayact (gateway, kind, key, payment_id, reference, amount, currency, state, tries, external_id, sentence,
               created_at, due_at)
           SELECT split_part(m.gateway_reference, ':', 1), 'refund', 'refund-' || p.id, p.id, substr(m.gateway_reference,
               strpos(m.gateway_reference, ':') + 1), p.amount, p.currency, 'waiting', 0, '', '', %(at)s, %(at)s
           FROM orders_payment p JOIN orders_method m ON m.id = p.method_id
           WHERE p.state = 'pending' AND p.kind = 'refund' AND m.gateway_reference LIKE '%%:%%'
               AND NOT EXISTS (SELECT FROM orders_gatewayact a WHERE a.payment_id = p.id)
           ORDER BY p.id LIMIT %(limit)s ON CONFLICT (key) DO NOTHING RETURNING id""",
        {"at": at, "limit": limit},
    )
    return len(made)


def claim_act(*, at: datetime) -> Any | None:
    """The next that is due, tried once more: its row after that. Whoever dies with it, it is due again."""
    return db.row(
        """UPDATE orders_gatewayact SET state = 'doing', tries = tries + 1, due_at = %(at)s::timestamptz
               + least(%(first)s * power(2, least(tries, 20)), %(longest)s)
           WHERE id = (SELECT id FROM orders_gatewayact WHERE due_at <= %(at)s ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING *""",
        {"at": at, "first": _FIRST, "longest": _LONGEST},
    )


def note_act(act: Any, state: str, *, external_id: str = "", sentence: str = "", after: int = 0, at: datetime) -> None:
    """`done`, `failed`, or `waiting`: tried again when it is due, not before `after` seconds."""
    if state == "waiting" and act.tries >= MOST_TRIES:
        state = "failed"
    db.execute(
        """UPDATE orders_gatewayact SET state = %(state)s, external_id = %(external)s, sentence = %(sentence)s,
               due_at = CASE WHEN %(state)s = 'waiting' THEN greatest(due_at, %(at)s::timestamptz + %(after)s * interval '1 second') END,
               done_at = CASE WHEN %(state)s = 'waiting' THEN NULL ELSE %(at)s::timestamptz END WHERE id = %(id)s""",
        {
            "state": state,
            "external": external_id or act.external_id,
            "sentence": sentence[:300],
            "after": after,
            "at": at,
            "id": act.id,
        },
    )


def keep_event(gateway: str, *, external_id: str, kind: str, subject: str, body: str, at: datetime) -> bool:
    """What the gateway told, as it came; False where it told so before."""
    return bool(
        db.execute(
            """INSERT INTO orders_gatewayevent (gateway, external_id, kind, subject, state, body, tries, sentence, received_at, due_at)
               VALUES (%s, %s, %s, %s, %s, %s, 0, '', %s, %s) ON CONFLICT DO NOTHING""",
            [gateway, external_id, kind, subject, "new" if subject else "ignored", body if subject else "", at, at if subject else None],
        )
    )  # fmt: skip


def claim_event(*, at: datetime) -> Any | None:
    return db.row(
        """UPDATE orders_gatewayevent SET tries = tries + 1, due_at = %(at)s::timestamptz
               + least(%(first)s * power(2, least(tries, 20)), %(longest)s)
           WHERE id = (SELECT id FROM orders_gatewayevent WHERE due_at <= %(at)s ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING *""",
        {"at": at, "first": _FIRST, "longest": _LONGEST},
    )


def note_event(event: Any, state: str, *, sentence: str = "") -> None:
    """`done`, `ignored`, `failed`, or `new`: looked at again when it is due. What came is not needed any more once it is done."""
    if state == "new" and event.tries >= MOST_TRIES:
        state = "failed"
    db.execute(
        """UPDATE orders_gatewayevent SET state = %(state)s, sentence = %(sentence)s, body = CASE WHEN %(state)s = 'new' THEN body ELSE '' END,
               due_at = CASE WHEN %(state)s = 'new' THEN due_at END WHERE id = %(id)s""",
        {"state": state, "sentence": sentence[:300], "id": event.id},
    )


def forget_events(*, at: datetime) -> int:
    return db.execute("DELETE FROM orders_gatewayevent WHERE received_at < %s AND state <> 'new'", [at - KEPT])


def note_given_back(payment: int, *, reference: str, is_done: bool, at: datetime) -> bool:
    """A refund that was promised is settled, or has failed; False where that was known before."""
    row = db.row(
        """UPDATE orders_payment SET state = %s, reference = %s, settled_at = %s WHERE id = %s AND state = 'pending' AND kind = 'refund'
           RETURNING order_id, amount, currency""",
        ["settled" if is_done else "failed", reference, at, payment],
    )
    if row is None:
        return False
    customer = db.value("SELECT customer_id FROM orders_order WHERE id = %s", [row.order_id])
    name = "order.refund_settled" if is_done else "order.refund_failed"
    data = {"order": row.order_id, "payment": payment, "amount": row.amount, "currency": row.currency}
    record(Happening(name, "order", row.order_id, None, customer, data), by=SYSTEM, at=at)
    return True


def _told(name: str, link: Any, customer: int, data: dict[str, Any] | None = None, *, by: Actor, at: datetime) -> None:
    said = {"link": link.id, "order": link.order_id, "amount": link.amount, "currency": link.currency}
    record(Happening(name, "order", link.order_id, link.conversation_id, customer, said | (data or {})), by=by, at=at)
