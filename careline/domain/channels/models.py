from django.contrib.postgres.fields import ArrayField
from django.db import models


class Channel(models.Model):
    """A mailbox, a line, a site. `settings` are the kind's own (its schema stands in the kind's folder)."""

    kind = models.TextField()
    name = models.TextField()
    address = models.TextField(db_collation="C", default="")
    brand = models.ForeignKey("company.Brand", on_delete=models.PROTECT)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL)
    settings = models.JSONField(default=dict)
    secrets = models.BinaryField(default=b"")
    health = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address"], condition=~models.Q(address=""), name="channel_address_once"
            )
        ]


class Inbound(models.Model):
    """One raw message ever taken in, what became of it and why. The spool name is its unique key.

    Where retention or an erasure removed it, the row stays without its file and its words, and says so.
    """

    class Status(models.TextChoices):
        UNPROCESSED = "unprocessed"
        PROCESSED = "processed"
        REJECTED = "rejected"

    spool_name = models.TextField(unique=True, db_collation="C")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL)
    door = models.TextField()
    envelope_from = models.TextField(default="")
    envelope_to = ArrayField(models.TextField(), default=list)
    received_at = models.DateTimeField()
    file = models.ForeignKey("files.File", null=True, on_delete=models.PROTECT)
    size = models.BigIntegerField()
    subject = models.TextField(default="")
    sender = models.TextField(default="")
    status = models.TextField(choices=Status.choices, default=Status.UNPROCESSED)
    outcome = models.TextField(default="")
    reason = models.TextField(default="")
    attempts = models.SmallIntegerField(default=0)
    conversation_number = models.BigIntegerField(null=True)
    message_key = models.BigIntegerField(null=True)
    processed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "id"]),
            models.Index(fields=["received_at", "id"], condition=models.Q(erased_at=None), name="inbound_by_age"),
            models.Index(fields=["message_key"], condition=~models.Q(message_key=None), name="inbound_of_message"),
            models.Index(fields=["id"], condition=models.Q(status="unprocessed"), name="inbound_waiting"),
        ]
