from careline.domain.orders.models.aftersales import Credit, Refund, RefundLine, Return, ReturnLine
from careline.domain.orders.models.catalogue import Product, Variant
from careline.domain.orders.models.identity import Check
from careline.domain.orders.models.orders import Line, Order
from careline.domain.orders.models.payments import Method, Movement, Payment
from careline.domain.orders.models.shipments import Shipment, ShipmentLine

__all__ = [
    "Check",
    "Credit",
    "Line",
    "Method",
    "Movement",
    "Order",
    "Payment",
    "Product",
    "Refund",
    "RefundLine",
    "Return",
    "ReturnLine",
    "Shipment",
    "ShipmentLine",
    "Variant",
]
