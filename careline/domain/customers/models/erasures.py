from django.db import models

from careline.domain.customers.models.people import Customer


class Erasure(models.Model):
    """Somebody was erased: who did it, when and why, and how much went; never whom it was in words.

    `key` is the same in every copy of this install, so that a backup from before it is known to lack it.
    """

    class Mode(models.TextChoices):
        ERASE = "erase"
        ANONYMISE = "anonymise"

    key = models.CharField(max_length=32, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    mode = models.TextField(choices=Mode.choices)
    reason = models.TextField(default="")
    counts = models.JSONField(default=dict)
    by_kind = models.TextField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-id"], name="erasure_newest")]
        constraints = [models.CheckConstraint(condition=models.Q(mode__in=["erase", "anonymise"]), name="erasure_mode")]
