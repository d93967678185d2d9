from django.db import models
from django.db.models import Q


class Return(models.Model):
    """Goods on their way back: asked for, label sent, received, inspected, done. An exchange sends others out for them, a
    repair the same ones. Inspected: somebody has to agree to what it comes to.

    `method`: where the money goes, or who pays the difference. `conversation`: the case it was agreed in.
    """

    class Kind(models.TextChoices):
        RETURN = "return"
        EXCHANGE = "exchange"
        REPAIR = "repair"

    class State(models.TextChoices):
        REQUESTED = "requested"
        LABEL_SENT = "label_sent"
        RECEIVED = "received"
        INSPECTED = "inspected"
        DONE = "done"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="returns")
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    kind = models.TextField(choices=Kind.choices, default=Kind.RETURN)
    state = models.TextField(choices=State.choices, default=State.REQUESTED)
    method = models.ForeignKey("orders.Method", on_delete=models.PROTECT)
    reason = models.TextField(default="")
    label = models.TextField(default="")
    remark = models.TextField(default="")
    difference = models.BigIntegerField(default=0)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    requested_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    inspected_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="return_by_state")]


class ReturnLine(models.Model):
    """Units of a line that come back. `variant` and `unit_price`: what goes out for them, at the price that was agreed.
    `percent`: how much of their worth went back, as the policy says of their condition; None: all of it."""

    goods = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines", db_index=False)
    line = models.ForeignKey("orders.Line", on_delete=models.PROTECT)
    quantity = models.IntegerField()
    amount = models.BigIntegerField()
    variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT)
    unit_price = models.BigIntegerField(null=True)
    difference = models.BigIntegerField(default=0)
    condition = models.TextField(default="")
    accepted = models.IntegerField(null=True)
    percent = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goods", "line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="return_line_has_something"),
        ]


class Refund(models.Model):
    """Money that went back for lines of an order, and why. `kind`: refund, cancellation, return, exchange, change."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="refunds")
    goods = models.ForeignKey(Return, null=True, on_delete=models.PROTECT)
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    kind = models.TextField()
    method = models.ForeignKey("orders.Method", on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    currency = models.TextField()
    reason = models.TextField(default="")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_something")]


class RefundLine(models.Model):
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="lines", db_index=False)
    line = models.ForeignKey("orders.Line", on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    units = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["refund", "line"], name="refund_line_once")]


class Proposal(models.Model):
    """An order as it was asked for while somebody has to agree to its discount: {"lines", "payments", "address"} and more,
    as flows/place_order.py keeps it. `order`: what became of it."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT)
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    body = models.JSONField(default=dict)
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()


class Credit(models.Model):
    """Store credit given out of goodwill."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT)
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT)
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    method = models.ForeignKey("orders.Method", on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    currency = models.TextField()
    reason = models.TextField(default="")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="credit_is_something")]
