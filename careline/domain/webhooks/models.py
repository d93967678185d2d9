from django.db import models
from django.db.models import Q


class Webhook(models.Model):
    """An address that is told of happenings. `owner` may see whatever is told; `failing_since` until it answers again."""

    name = models.TextField()
    url = models.TextField()
    topics = models.JSONField(default=list)
    content = models.TextField(default="thin")
    owner = models.ForeignKey("staff.Agent", on_delete=models.PROTECT, related_name="+")
    secret = models.BinaryField()
    old_secret = models.BinaryField(null=True)
    old_secret_until = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    paused_for = models.TextField(default="")
    failing_since = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    rest_until = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(content__in=("thin", "full")), name="webhook_content_known"),
            models.CheckConstraint(condition=Q(paused_at=None) | ~Q(paused_for=""), name="webhook_pause_has_reason"),
        ]


class Delivery(models.Model):
    """One happening for one webhook; without a happening it is a ping. `key` is the webhook-id of every attempt.

    `refusals` counts those attempts that failed while the target took others: they are this delivery's own.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="+")
    key = models.TextField(unique=True)
    happening = models.BigIntegerField(null=True)
    name = models.TextField()
    happened_at = models.DateTimeField()
    conversation_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    event = models.JSONField()
    state = models.TextField(default="waiting")
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    refusals = models.IntegerField(default=0, db_default=0)
    claimed_by = models.TextField(default="")
    status = models.IntegerField(null=True)
    words = models.TextField(default="")
    answer = models.TextField(default="")
    took_ms = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "happening"], condition=~Q(happening=None), name="webhook_happening_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sending", "delivered", "failed", "dropped")),
                name="webhook_delivery_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="webhook_deliveries_newest"),
            models.Index(
                fields=["webhook", "conversation_id", "id"], condition=Q(state__in=("waiting", "sending")),
                name="webhook_unfinished_of_case",
            ),
            models.Index(
                fields=["webhook", "id"], condition=Q(state__in=("waiting", "sending")), name="webhook_unfinished"
            ),
            models.Index(fields=["webhook", "due_at"], condition=Q(state="waiting"), name="webhook_due"),
            models.Index(fields=["webhook"], condition=Q(happening=None, state="waiting"), name="webhook_pings"),
            models.Index(fields=["created_at"], name="webhook_deliveries_by_age"),
        ]  # fmt: skip
