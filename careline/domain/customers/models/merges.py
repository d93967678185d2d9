from django.contrib.postgres.fields import ArrayField
from django.db import models

from careline.domain.customers.models.people import Customer


class Merge(models.Model):
    """Two customers were one. What moved stands here by key, so that unmerging gives back what was not changed since.

    `addresses` is [{id, was_primary}]; `before` and `after` hold the survivor's own columns that the merge changed.
    """

    survivor = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    by_kind = models.TextField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField()
    addresses = models.JSONField(default=list)
    note_ids = ArrayField(models.BigIntegerField(), default=list)
    consent_ids = ArrayField(models.BigIntegerField(), default=list)
    case_ids = ArrayField(models.BigIntegerField(), default=list)
    participant_ids = ArrayField(models.BigIntegerField(), default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=models.Q(undone_at=None), name="merged_once"),
            models.CheckConstraint(condition=~models.Q(survivor=models.F("merged")), name="merged_with_another"),
        ]


class NotSame(models.Model):
    """Somebody said that these two are different people; they are not suggested again. `first` is the lower key."""

    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    by_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_same_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="not_same_in_order"),
        ]
