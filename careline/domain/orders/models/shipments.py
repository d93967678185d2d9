from django.db import models
from django.db.models import Q


class Shipment(models.Model):
    """A parcel on its way to the customer. `kind`: of the order, of an exchange, a replacement, or back from repair."""

    class Kind(models.TextChoices):
        ORDER = "order"
        EXCHANGE = "exchange"
        REPLACEMENT = "replacement"
        REPAIR = "repair"

    class State(models.TextChoices):
        SHIPPED = "shipped"
        DELIVERED = "delivered"
        LOST = "lost"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="shipments")
    kind = models.TextField(choices=Kind.choices, default=Kind.ORDER)
    state = models.TextField(choices=State.choices, default=State.SHIPPED)
    carrier = models.TextField(default="")
    tracking = models.TextField(default="", db_collation="C")
    shipped_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tracking"], condition=~Q(tracking=""), name="shipment_by_tracking")]


class ShipmentLine(models.Model):
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines", db_index=False)
    line = models.ForeignKey("orders.Line", on_delete=models.PROTECT)
    quantity = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="shipment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="shipment_line_has_something"),
        ]
