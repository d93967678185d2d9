from careline.domain.orders.models.aftersales import Credit, Proposal, Refund, RefundLine, Return, ReturnLine
from careline.domain.orders.models.catalogue import Product, Variant
from careline.domain.orders.models.identity import Check
from careline.domain.orders.models.orders import Line, Order
from careline.domain.orders.models.payments import Method, Movement, Payment
from careline.domain.orders.models.selling import Cart, CartLine, Quote, Terms
from careline.domain.orders.models.selling_items import Item, ProductLink
from careline.domain.orders.models.selling_pay import Gateway, GatewayAct, GatewayEvent, PaymentLink
from careline.domain.orders.models.shipments import Shipment, ShipmentLine
from careline.domain.orders.models.shops import OutsideShop, ShopAct, ShopEvent, ShopOrder
from careline.domain.orders.models.subscriptions import Charge, Retention, RetentionOffer, Subscription

__all__ = [
    "Cart",
    "CartLine",
    "Charge",
    "Check",
    "Credit",
    "Gateway",
    "GatewayAct",
    "GatewayEvent",
    "Item",
    "Line",
    "Method",
    "Movement",
    "Order",
    "OutsideShop",
    "Payment",
    "PaymentLink",
    "Product",
    "ProductLink",
    "Proposal",
    "Quote",
    "Refund",
    "RefundLine",
    "Retention",
    "RetentionOffer",
    "Return",
    "ReturnLine",
    "Shipment",
    "ShipmentLine",
    "ShopAct",
    "ShopEvent",
    "ShopOrder",
    "Subscription",
    "Terms",
    "Variant",
]
