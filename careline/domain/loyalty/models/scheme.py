from django.db import models
from django.db.models import Q


class Scheme(models.Model):
    """What the company set, in one row: what a referral brings both sides, and how sure an offer must be.

    `most_referrals`: how many of one customer's are rewarded in a year. `least_count`: how many customers must have bought
    both products; `least_percent`: of those who bought the one. `tiers_due_at` and `pairs_due_at`: when each is counted next.
    """

    refers = models.BooleanField(default=False)
    currency = models.TextField(default="")
    referrer_gets = models.BigIntegerField(default=0)
    referred_gets = models.BigIntegerField(default=0)
    most_referrals = models.SmallIntegerField(default=12)
    offers = models.BooleanField(default=True)
    least_count = models.SmallIntegerField(default=5)
    least_percent = models.SmallIntegerField(default=10)
    tiers_due_at = models.DateTimeField(null=True)
    pairs_due_at = models.DateTimeField(null=True)
    pairs_at = models.DateTimeField(null=True)
    buyers = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="scheme_is_one"),
            models.CheckConstraint(condition=Q(referrer_gets__gte=0) & Q(referred_gets__gte=0), name="scheme_gives"),
        ]
