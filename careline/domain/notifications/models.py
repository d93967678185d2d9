from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """News of one kind about one case for one person; what comes while it is unseen joins it.

    `happenings` are the history ids it stands for, `messages` those of them that are messages. `is_shown`: in the page.
    """

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    kind = models.TextField()
    happenings = ArrayField(models.BigIntegerField())
    messages = ArrayField(models.BigIntegerField(), default=list)
    count = models.IntegerField(default=1)
    is_shown = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    newest_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "conversation", "kind"], condition=Q(seen_at__isnull=True), name="notification_joins"
            )
        ]
        indexes = [
            models.Index(fields=["agent", "newest_at", "id"], name="notification_newest"),
            models.Index(fields=["newest_at"], name="notification_old"),
        ]


class Choice(models.Model):
    """What somebody chose to be told of; see rules/choices.py for what may stand in it. `undisturbed_until`: by push and mail."""

    agent = models.OneToOneField("staff.Agent", on_delete=models.CASCADE, primary_key=True, related_name="+")
    chosen = models.JSONField(default=dict)
    undisturbed_until = models.DateTimeField(null=True)


class Mute(models.Model):
    """Somebody wants to hear no more of one case."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation"], name="mute_once")]


class Device(models.Model):
    """A browser that is told by push. `sealed` holds its address and keys; `digest` (of the address) finds it again."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    sealed = models.BinaryField()
    name = models.TextField(default="")
    signed_by = models.TextField()
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)


class Parcel(models.Model):
    """A notification that leaves: to one device, or (without one) by mail. Over where `due_at` is null."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey(Device, null=True, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    left_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "device"], nulls_distinct=False, name="parcel_once")
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="parcel_due")]
