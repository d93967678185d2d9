from django.db import models
from django.db.models import Q


class Method(models.Model):
    """A customer's way to pay. `code` is what the shop calls it; `gateway_reference` stands for a card at the gateway, the
    card itself is never here. `balance` only of gift cards and store credit, in minor units of `currency`."""

    class Kind(models.TextChoices):
        CARD = "card"
        WALLET = "wallet"
        BANK = "bank"
        INVOICE = "invoice"
        GIFT_CARD = "gift_card"
        STORE_CREDIT = "store_credit"

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="payment_methods")
    kind = models.TextField(choices=Kind.choices)
    code = models.TextField(default="", db_collation="C")
    label = models.TextField(default="")
    last_four = models.TextField(default="", db_collation="C")
    gateway_reference = models.TextField(default="")
    currency = models.TextField(default="")
    balance = models.BigIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="method_code_once"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="method_balance_is_there"),
            models.CheckConstraint(
                condition=(Q(kind__in=("gift_card", "store_credit")) & Q(balance__isnull=False))
                | (~Q(kind__in=("gift_card", "store_credit")) & Q(balance__isnull=True)),
                name="method_with_a_balance",
            ),
        ]
        indexes = [models.Index(fields=["last_four"], condition=~Q(last_four=""), name="method_by_last_four")]


class Payment(models.Model):
    """Money of an order: `payment` came from the customer, `refund` went back. `state` pending until the method has done it:
    a pending payment is not here yet, a pending refund is promised. `reference`: what the bank or the gateway calls it; one
    result each. `instead_of`: a refund that failed, and went another way with this one."""

    class Kind(models.TextChoices):
        PAYMENT = "payment"
        REFUND = "refund"

    class State(models.TextChoices):
        PENDING = "pending"
        SETTLED = "settled"
        FAILED = "failed"
        VOID = "void"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="payments", db_index=False)
    method = models.ForeignKey(Method, on_delete=models.PROTECT, db_index=False)
    kind = models.TextField(choices=Kind.choices)
    state = models.TextField(choices=State.choices, default=State.SETTLED)
    amount = models.BigIntegerField()
    currency = models.TextField()
    at = models.DateTimeField()
    reference = models.TextField(default="", db_default="", db_collation="C")
    settled_at = models.DateTimeField(null=True)
    instead_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_something"),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="payment_reference_once"),
            models.UniqueConstraint(
                fields=["instead_of"], condition=Q(instead_of__isnull=False), name="payment_again_once"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="pending"), name="payment_pending"),
            models.Index(fields=["order", "id"], name="payment_of_order"),
            models.Index(fields=["method", "-order"], name="payment_by_method"),
        ]


class Movement(models.Model):
    """A balance went up or down: the balance is always the sum of these."""

    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="movements", db_index=False)
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT, db_index=False)
    amount = models.BigIntegerField()
    why = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["method", "id"], name="movement_of_method")]
