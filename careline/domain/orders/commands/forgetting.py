"""Orders of somebody who is erased stay as figures, without a word of theirs. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db

_EMPTY = (
    """UPDATE orders_order SET mail = '', phone = '', address = '{}', billing_address = '{}', cancel_reason = ''
       WHERE customer_id = ANY(%s)""",
    # What was chosen is the variant's; what else stands in a line's options (an engraving, a name) is the customer's.
    """UPDATE orders_line l SET options = coalesce((SELECT v.options FROM orders_variant v WHERE v.id = l.variant_id), '{}')
       FROM orders_order o WHERE o.id = l.order_id AND o.customer_id = ANY(%s)""",
    """UPDATE orders_cartline l SET options = coalesce((SELECT v.options FROM orders_variant v WHERE v.id = l.variant_id), '{}')
       FROM orders_cart c WHERE c.id = l.cart_id AND c.customer_id = ANY(%s)""",
    # A bank's reference is what the payer wrote there.
    """UPDATE orders_payment SET reference = '' WHERE reference <> ''
       AND order_id IN (SELECT id FROM orders_order WHERE customer_id = ANY(%s))""",
    """UPDATE orders_method SET label = '', last_four = '', code = '', gateway_reference = '', is_active = false
       WHERE customer_id = ANY(%s)""",
    """UPDATE orders_shipment SET tracking = '' WHERE order_id IN (SELECT id FROM orders_order WHERE customer_id = ANY(%s))""",
    """UPDATE orders_return SET reason = '', remark = '', label = ''
       WHERE order_id IN (SELECT id FROM orders_order WHERE customer_id = ANY(%s))""",
    "UPDATE orders_refund SET reason = '' WHERE order_id IN (SELECT id FROM orders_order WHERE customer_id = ANY(%s))",
    "UPDATE orders_credit SET reason = '' WHERE customer_id = ANY(%s)",
    "UPDATE orders_proposal SET body = '{}' WHERE customer_id = ANY(%s)",
    "UPDATE orders_cart SET address = '{}' WHERE customer_id = ANY(%s)",
    "UPDATE orders_quote SET reason = '', token = '' WHERE customer_id = ANY(%s)",
    """UPDATE orders_paymentlink SET token = '', session_url = ''
       WHERE order_id IN (SELECT id FROM orders_order WHERE customer_id = ANY(%s))""",
    "UPDATE orders_item SET version = '' WHERE customer_id = ANY(%s)",
)


def forget_buyers(customers: Sequence[int]) -> int:
    """How many orders lost their words."""
    counts = [db.execute(statement, [list(customers)]) for statement in _EMPTY]
    return counts[0]
