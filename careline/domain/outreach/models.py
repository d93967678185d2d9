from django.db import models


class Mailing(models.Model):
    """One letter to many. `purpose` is what its readers agreed to be written to for."""

    class State(models.TextChoices):
        DRAFT = "draft"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"

    name = models.TextField()
    segment = models.ForeignKey("customers.Segment", null=True, on_delete=models.SET_NULL)
    purpose = models.TextField()
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.SET_NULL)
    subject = models.TextField()
    text = models.TextField()
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="running"), name="mailing_due")]


class Recipient(models.Model):
    """One customer a mailing was meant for, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        WRITTEN = "written"
        LEFT_OUT = "left_out"
        TAKEN_BACK = "taken_back"

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    reason = models.TextField(default="")
    number = models.BigIntegerField(null=True)
    message_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailing", "customer"], name="mailing_once_each")]
        indexes = [
            models.Index(fields=["mailing", "id"], condition=models.Q(state="waiting"), name="mailing_waiting"),
            models.Index(fields=["mailing", "id"], name="mailing_recipients"),
        ]
