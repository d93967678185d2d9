from django.db import models
from django.db.models import F, Q


class Order(models.Model):
    """What a customer bought. `number` as people say it, without #, in capitals; `digits` of it for who says those only.

    `mail` and `phone` are those given with the order. `version` counts what was done to it: who acts on what they saw
    says it. `total` is what it came to when it was placed or last changed; what was given back stands in its refunds.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        PROCESSED = "processed"
        SHIPPED = "shipped"
        DELIVERED = "delivered"
        CANCELLED = "cancelled"

    number = models.TextField(db_collation="C")
    digits = models.TextField(default="", db_collation="C")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="orders", db_index=False)
    state = models.TextField(choices=State.choices, default=State.PENDING)
    has_changed_items = models.BooleanField(default=False)
    currency = models.TextField()
    total = models.BigIntegerField()
    mail = models.TextField(default="", db_collation="C")
    phone = models.TextField(default="", db_collation="C")
    address = models.JSONField(default=dict)
    billing_address = models.JSONField(default=dict)
    source = models.TextField(default="")
    cancel_reason = models.TextField(default="")
    reordered_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    placed_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="order_number_once"),
            models.CheckConstraint(condition=Q(total__gte=0), name="order_total_is_no_debt"),
        ]
        indexes = [
            models.Index(fields=["digits"], condition=~Q(digits=""), name="order_by_digits"),
            models.Index(fields=["customer", "-placed_at", "-id"], name="order_of_customer"),
            models.Index(fields=["mail", "-id"], condition=~Q(mail=""), name="order_by_mail"),
            models.Index(fields=["phone", "-id"], condition=~Q(phone=""), name="order_by_phone"),
            models.Index(fields=["state", "-id"], name="order_by_state"),
        ]


class Line(models.Model):
    """A line of an order. `amount` is as printed (a discount's is negative); `due` is what the line comes to with its part
    of discounts and taxes, so that the dues of all lines make up the total; `credited` is what of that was given back, as
    money or towards an exchange. `rate`: of a tax or a discount in millionths. Quantities count units of `quantity`.
    """

    class Kind(models.TextChoices):
        ITEM = "item"
        SHIPPING = "shipping"
        DISCOUNT = "discount"
        TAX = "tax"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.SmallIntegerField()
    kind = models.TextField(choices=Kind.choices, default=Kind.ITEM)
    variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT)
    of_line = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    name = models.TextField()
    options = models.JSONField(default=dict)
    quantity = models.IntegerField(default=1)
    unit_price = models.BigIntegerField(default=0)
    rate = models.IntegerField(null=True)
    amount = models.BigIntegerField()
    due = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    credited_units = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)
    shipped = models.IntegerField(default=0)
    delivered = models.IntegerField(default=0)
    coming_back = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    replaced = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_has_something"),
            models.CheckConstraint(
                condition=Q(credited__gte=0) & Q(credited__lte=F("due")), name="line_credited_within"
            ),
            models.CheckConstraint(
                condition=Q(credited_units__gte=0) & Q(credited_units__lte=F("quantity")), name="line_units_within"
            ),
            models.CheckConstraint(
                condition=Q(cancelled__gte=0) & Q(shipped__gte=0) & Q(cancelled__lte=F("quantity") - F("shipped")),
                name="line_shipped_within",
            ),
            models.CheckConstraint(
                condition=Q(delivered__gte=0) & Q(delivered__lte=F("shipped")), name="line_delivered_within"
            ),
            models.CheckConstraint(
                condition=Q(coming_back__gte=0)
                & Q(returned__gte=0)
                & Q(returned__lte=F("delivered") - F("coming_back")),
                name="line_returned_within",
            ),
            models.CheckConstraint(
                condition=Q(replaced__gte=0) & Q(replaced__lte=F("shipped")), name="line_replaced_within"
            ),
        ]
