from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """A customer has a plan (a variant of a product with periods) from period to period.

    `unit_price` and `percent_off` (by quantity) as agreed, in minor units of `currency`. The period that runs is from
    `period_start` to `period_end`; `anchor` is the day of the month it was begun on. `due_at`: when the clock does the next thing
    (charge, end of trial, try again, resume, end); empty where nothing is to come. `offer_percent` is off for `offer_left` periods
    more. `credit` is owed to the customer and goes with the next charges. `next_variant` takes the plan's place then.
    """

    class State(models.TextChoices):
        TRIAL = "trial"
        ACTIVE = "active"
        PAUSED = "paused"
        PAST_DUE = "past_due"
        CANCELLED = "cancelled"

    number = models.TextField(unique=True, db_collation="C")
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, related_name="subscriptions", db_index=False
    )
    variant = models.ForeignKey("orders.Variant", on_delete=models.PROTECT, related_name="+")
    next_variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT, related_name="+")
    method = models.ForeignKey("orders.Method", null=True, on_delete=models.PROTECT)
    state = models.TextField(choices=State.choices, default=State.ACTIVE)
    quantity = models.IntegerField(default=1)
    unit_price = models.BigIntegerField()
    percent_off = models.SmallIntegerField(default=0)
    currency = models.TextField()
    period = models.TextField()
    every = models.SmallIntegerField(default=1)
    anchor = models.SmallIntegerField()
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    offer_percent = models.SmallIntegerField(default=0)
    offer_left = models.SmallIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    tries = models.SmallIntegerField(default=0)
    days_left = models.SmallIntegerField(null=True)
    resumes_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(default="")
    started_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0, credit__gte=0), name="subscription_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(percent_off__range=(0, 100), offer_percent__range=(0, 100), offer_left__gte=0),
                name="subscription_percent",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="subscription_due"),
            models.Index(fields=["customer", "-id"], name="subscription_of_customer"),
            models.Index(fields=["state", "-id"], name="subscription_by_state"),
        ]


class Charge(models.Model):
    """What a period (or the rest of one, after a change of plan) came to. `full` before the discount of an offer; `amount` what was
    paid by the order, `from_credit` what the customer's credit paid. A period is charged once: `of` is its first moment."""

    class Kind(models.TextChoices):
        PERIOD = "period"
        CHANGE = "change"

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="charges", db_index=False)
    kind = models.TextField(choices=Kind.choices, default=Kind.PERIOD)
    of = models.DateTimeField()
    until = models.DateTimeField()
    full = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)
    from_credit = models.BigIntegerField(default=0)
    amount = models.BigIntegerField()
    currency = models.TextField()
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "of"], condition=Q(kind="period"), name="period_charged_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, discount__gte=0, from_credit__gte=0), name="charge_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["subscription", "-id"], name="charge_of_subscription")]


class Retention(models.Model):
    """What the company offers to somebody who wants to leave. `reasons`: codes it is for; none: any. `variant`: of a downgrade."""

    class Kind(models.TextChoices):
        DISCOUNT = "discount"
        PAUSE = "pause"
        DOWNGRADE = "downgrade"

    kind = models.TextField(choices=Kind.choices)
    reasons = models.JSONField(default=list)
    percent = models.SmallIntegerField(default=0)
    periods = models.SmallIntegerField(default=0)
    variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT)
    words = models.JSONField(default=dict)
    position = models.SmallIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(0, 100), periods__gte=0), name="retention_adds_up")
        ]


class RetentionOffer(models.Model):
    """What was offered to one customer who wanted to leave, and what they said. `approval`: the request for a decision
    that it waits, or waited, for."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="offers")
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.TextField(choices=Retention.Kind.choices)
    reason = models.TextField()
    percent = models.SmallIntegerField(default=0)
    periods = models.SmallIntegerField(default=0)
    variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT)
    worth = models.BigIntegerField(default=0)
    state = models.TextField(choices=State.choices, default=State.OPEN)
    approval = models.BigIntegerField(null=True)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
