from django.db import models
from django.db.models import F, Q


class ReferralCode(models.Model):
    """What a customer gives to friends; it opens nothing, so it may be short."""

    customer = models.OneToOneField("customers.Customer", primary_key=True, on_delete=models.CASCADE, related_name="+")
    code = models.TextField(unique=True, db_collation="C")
    created_at = models.DateTimeField()


class Referral(models.Model):
    """Somebody came by a customer's code. Both are rewarded once, when the first order of the one who came is delivered.

    `refusal` is the code of why not, where it was found out afterwards.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        REWARDED = "rewarded"
        REFUSED = "refused"

    referrer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    referred = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    refusal = models.TextField(default="")
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT, related_name="+")
    referrer_credit = models.ForeignKey("orders.Credit", null=True, on_delete=models.PROTECT, related_name="+")
    referred_credit = models.ForeignKey("orders.Credit", null=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referred"], name="referred_once"),
            models.CheckConstraint(condition=~Q(referrer=F("referred")), name="referred_by_another"),
        ]
