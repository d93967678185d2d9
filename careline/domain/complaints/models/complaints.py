from django.db import models
from django.db.models import Q


class Complaint(models.Model):
    """One expression of dissatisfaction. Its key is its number, as in COMP-12. No foreign key to case and customer: it outlives them.

    `received_at` is when it reached us; clocks run from there. `about` is the colleague complained about, who never handles it.
    `outcome` is empty until it is decided; `remedies` are codes of what was done for the customer beside money, which stands in
    approvals. `next_due_at` and `due_kind` are those of the nearest open clock, `is_broken` whether any was missed.
    """

    class State(models.TextChoices):
        RECORDED = "recorded"
        ACKNOWLEDGED = "acknowledged"
        ANSWERED = "answered"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    conversation_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.TextField(choices=State.choices, default=State.RECORDED)
    category = models.ForeignKey("complaints.Category", null=True, on_delete=models.PROTECT, related_name="+")
    severity = models.TextField(default="medium")
    product = models.ForeignKey("orders.Product", null=True, on_delete=models.SET_NULL, related_name="+")
    complainant = models.TextField(default="customer")
    country = models.CharField(max_length=2, default="")
    text = models.TextField(default="")
    wish = models.TextField(default="")
    rules = models.ForeignKey("complaints.RuleSet", null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    investigator = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.TextField(default="")
    reasons = models.TextField(default="")
    cause = models.ForeignKey("complaints.Cause", null=True, on_delete=models.PROTECT, related_name="+")
    remedies = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    referred_to = models.TextField(default="")
    referred_on = models.DateField(null=True)
    reference = models.TextField(default="")
    referral_outcome = models.TextField(default="")
    referral_ended_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    is_satisfied = models.BooleanField(null=True)
    view = models.TextField(default="")
    reopened = models.SmallIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)
    due_kind = models.TextField(default="")
    is_broken = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["conversation_id", "-id"], name="complaint_on_case"),
            models.Index(fields=["customer_id", "-id"], name="complaint_of_customer"),
            models.Index(fields=["state", "-id"], name="complaint_by_state"),
            models.Index(fields=["cause", "-id"], name="complaint_by_cause"),
            models.Index(fields=["received_at"], name="complaint_by_time"),
            models.Index(fields=["next_due_at"], condition=Q(next_due_at__isnull=False), name="complaint_by_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation_id"],
                condition=Q(state__in=["recorded", "acknowledged", "answered"], conversation_id__isnull=False),
                name="complaint_once_on_case",
            )
        ]


class Clock(models.Model):
    """A deadline of a complaint: acknowledgement, holding or final. `rings_at` is when the worker looks next: to warn, then to break."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="clocks")
    kind = models.TextField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)
    rings_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "kind"], name="complaint_clock_once")]
        indexes = [
            models.Index(fields=["rings_at"], condition=Q(rings_at__isnull=False), name="complaint_clock_rings"),
        ]


class Entry(models.Model):
    """A line of a complaint's record. `words` are a person's own and go when the customer is erased; `data` holds codes and ids.

    A letter's line has its `language`, the `message` that carried it, or the `paper` it was kept as.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by_agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.TextField()
    words = models.TextField(default="")
    data = models.JSONField(default=dict)
    language = models.TextField(default="")
    message_id = models.BigIntegerField(null=True)
    paper = models.ForeignKey("files.File", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["complaint", "id"], name="complaint_record"),
            models.Index(
                fields=["message_id"], condition=Q(message_id__isnull=False), name="complaint_letter_by_message"
            ),
        ]
