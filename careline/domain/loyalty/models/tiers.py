from django.db import models
from django.db.models import Q


class Tier(models.Model):
    """A class of customers, the higher the `position` the better. Reached by whoever bought for `least_value` and had
    `least_orders` within the last `months` (empty: ever); what is empty isn't asked. One without a value and orders is
    given by hand only."""

    code = models.TextField(unique=True, db_collation="C")
    name = models.TextField()
    position = models.SmallIntegerField()
    months = models.SmallIntegerField(null=True)
    least_value = models.BigIntegerField(null=True)
    currency = models.TextField(default="")
    least_orders = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(least_value__gt=0), name="tier_value_is_something"),
            models.CheckConstraint(condition=Q(least_orders__gt=0), name="tier_orders_are_some"),
        ]


class Standing(models.Model):
    """In which tier a customer was from when to when, and on what it rested; `tier` empty: in none. `is_given`: by hand."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    tier = models.ForeignKey(Tier, null=True, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    value = models.BigIntegerField(default=0)
    currency = models.TextField(default="")
    orders = models.IntegerField(default=0)
    is_given = models.BooleanField(default=False)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(until=None), name="standing_once"),
        ]
        indexes = [models.Index(fields=["customer", "-since", "-id"], name="standing_of_customer")]
