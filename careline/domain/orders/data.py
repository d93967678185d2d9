"""What leaves of products and orders, and what becomes of it when a customer is erased."""

from careline.domain.orders.commands.catalogue import refresh_words
from careline.kit import db
from careline.kit.archive.declared import Declared

_STAYS = "stays with the one who bought it, and is shown with whom they were merged into"

TABLES = (
    Declared("orders_product", export="products", without={"vector": "NULL"}),
    Declared("orders_variant", export="product-variants"),
    Declared("orders_check", export="identity-checks"),
    Declared(
        "orders_order",
        export="orders",
        personal="mail, phone and addresses are emptied; the order stays as a figure",
        merge=_STAYS,
    ),
    Declared("orders_line", export="order-lines", personal="options become those of the variant"),
    Declared(
        "orders_method",
        export="payment-methods",
        without={"gateway_reference": "''"},
        personal="label, last four digits, code and reference are emptied",
        merge=_STAYS,
    ),
    Declared("orders_payment", export="payments", personal="the reference is emptied"),
    Declared("orders_movement", export="balance-movements", personal="nothing of customers"),
    Declared("orders_shipment", export="shipments", personal="the tracking number is emptied"),
    Declared("orders_shipmentline", export="shipment-lines", personal="nothing of customers"),
    Declared("orders_return", export="returns", personal="reason, remark and label are emptied", retention="forgets the case"),
    Declared("orders_returnline", export="return-lines", personal="nothing of customers"),
    Declared("orders_refund", export="refunds", personal="the reason is emptied", retention="forgets the case"),
    Declared("orders_refundline", export="refund-lines", personal="nothing of customers"),
    Declared(
        "orders_credit", export="goodwill-credits", personal="the reason is emptied", merge=_STAYS, retention="forgets the case"
    ),
    Declared(
        "orders_proposal", export="orders-asked-for", personal="what was asked for is emptied", merge=_STAYS, retention="forgets the case"
    ),
    Declared("orders_subscription", export="subscriptions", personal="nothing: codes, sums and moments", merge=_STAYS),
    Declared("orders_charge", export="subscription-charges", personal="nothing of customers"),
    Declared("orders_retention", export="retention-policy"),
    Declared(
        "orders_retentionoffer", export="retention-offers", personal="nothing: codes, sums and moments", retention="forgets the case"
    ),
    Declared("orders_terms", export="terms-of-sale"),
    Declared("orders_cart", export="carts", personal="the address is emptied", merge=_STAYS, retention="forgets the case"),
    Declared("orders_cartline", export="cart-lines", personal="options become those of the variant"),
    Declared(
        "orders_quote", export="quotes", without={"token": "''"}, personal="the reason is emptied, and its link ends", merge=_STAYS,
        retention="forgets the case",
    ),
    Declared("orders_gateway", export="payment-gateways", without={"secrets": "''::bytea"}, sealed="keys of payment gateways"),
    Declared(
        "orders_paymentlink", export="payment-links", without={"token": "''", "session_url": "''"}, personal="its link ends",
        retention="forgets the case",
    ),
    Declared("orders_gatewayact", export="gateway-acts", personal="nothing of customers"),
    Declared(
        "orders_gatewayevent", because="it is the gateway's own record, and what came of it stands in payments",
        personal="what came is emptied once it is done", retention="goes after 90 days",
    ),
    Declared("orders_item", export="items", personal="version is emptied; the serial number stays with the piece", merge=_STAYS),
    Declared("orders_productlink", export="product-links"),
    Declared(
        "orders_outsideshop", export="outside-shops", without={"secrets": "''::bytea", "token": "''"}, sealed="keys of outside shops"
    ),
    Declared("orders_shopevent", because="it only says what to look at, and what came of it stands in orders", retention="goes after 90 days"),
    Declared("orders_shoporder", export="orders-of-outside-shops", personal="nothing: the keys of another shop"),
    Declared("orders_shopact", export="acts-in-outside-shops", personal="nothing of customers"),
)  # fmt: skip


_NUMBERS = (
    """SELECT setval('order_number', max(number::bigint)) FROM orders_order WHERE number ~ '^[0-9]{1,15}$'
       HAVING max(number::bigint) >= (SELECT last_value FROM order_number)""",
    """SELECT setval('subscription_number', max(substr(number, 2)::bigint)) FROM orders_subscription WHERE number ~ '^S[0-9]{1,15}$'
       HAVING max(substr(number, 2)::bigint) >= (SELECT last_value FROM subscription_number)""",
    """SELECT setval('quote_number', max(number)) FROM orders_quote
       HAVING max(number) >= (SELECT last_value FROM quote_number)""",
)
"""A series that gave out no number stays such; else it goes on behind what came in."""


def settled() -> None:
    """The words that products are found by are made anew; our own order numbers go on behind those that came in."""
    refresh_words()
    for numbers in _NUMBERS:
        db.value(numbers)
