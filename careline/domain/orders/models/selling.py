from django.db import models
from django.db.models import Q


class Terms(models.Model):
    """How we sell; one row. `shipping`: [{"name", "amount", "currency"}], minor units. `tax_rate` in millionths of the price."""

    tax_name = models.TextField(default="")
    tax_rate = models.IntegerField(default=0)
    shipping = models.JSONField(default=list)
    hold_minutes = models.IntegerField(default=30)
    quote_days = models.SmallIntegerField(default=14)
    quote_hold_hours = models.SmallIntegerField(default=72)
    link_days = models.SmallIntegerField(default=7)

    class Meta:
        db_table = "orders_terms"


class Cart(models.Model):
    """What a customer is about to buy, put together on a case. Its goods are reserved until `due_at`. A quote freezes it
    (`quoted`), a change of the quote is another cart that `revises` it. `version` counts changes: who acts on what they saw says it."""

    class State(models.TextChoices):
        OPEN = "open"
        WAITING = "waiting"
        QUOTED = "quoted"
        ORDERED = "ordered"
        DROPPED = "dropped"

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="carts")
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL, db_index=False)
    state = models.TextField(choices=State.choices, default=State.OPEN)
    currency = models.TextField()
    address = models.JSONField(default=dict)
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT)
    revises = models.ForeignKey("orders.Quote", null=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(state__in=("open", "waiting")), name="cart_of_case_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="cart_due"),
            models.Index(fields=["conversation", "id"], name="cart_of_case"),
        ]


class CartLine(models.Model):
    """As a line of an order will be. `unit_price` is the price at the moment it was put in; `reserved` units are out of stock."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines", db_index=False)
    kind = models.TextField(default="item")
    variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT)
    name = models.TextField()
    options = models.JSONField(default=dict)
    quantity = models.IntegerField(default=1)
    unit_price = models.BigIntegerField(default=0)
    rate = models.IntegerField(null=True)
    amount = models.BigIntegerField()
    reserved = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cart_line_has_something"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="cart_line_reserves_no_debt"),
            models.UniqueConstraint(
                fields=["cart", "variant"], condition=Q(variant__isnull=False), name="cart_line_once"
            ),
        ]
        indexes = [models.Index(fields=["cart", "id"], name="cart_line_of_cart")]


class Quote(models.Model):
    """What a customer was offered, in one version: 1001 version 2 has replaced version 1. `token` opens it without sign-in."""

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        EXPIRED = "expired"
        REPLACED = "replaced"
        WITHDRAWN = "withdrawn"

    number = models.BigIntegerField()
    version = models.SmallIntegerField(default=1)
    cart = models.OneToOneField(Cart, on_delete=models.PROTECT, related_name="quote")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="quotes")
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    state = models.TextField(choices=State.choices, default=State.SENT)
    currency = models.TextField()
    total = models.BigIntegerField()
    language = models.TextField(default="")
    token = models.TextField(db_collation="C")
    reason = models.TextField(default="")
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    sent_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="quote_version_once"),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="quote_token_once"),
        ]
        indexes = [
            models.Index(fields=["valid_until"], condition=Q(state="sent"), name="quote_due"),
        ]
