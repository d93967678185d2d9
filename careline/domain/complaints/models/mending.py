from django.db import models
from django.db.models import Q


class Correction(models.Model):
    """What is changed so that it does not happen again: by whom, until when, and whether another person found that it helped.

    `due_at` is the end of the day it is due on; `check_due_at` follows `check_after` days behind `done_at`. `rings_at` is when
    the worker looks next.
    """

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.CASCADE, related_name="corrections")
    cause = models.ForeignKey("complaints.Cause", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField()
    made_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    check_after = models.SmallIntegerField(default=30)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.TextField(default="")
    check_due_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    is_effective = models.BooleanField(null=True)
    finding = models.TextField(default="")
    rings_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["complaint", "id"], name="correction_of_complaint"),
            models.Index(fields=["rings_at"], condition=Q(rings_at__isnull=False), name="correction_rings"),
        ]
