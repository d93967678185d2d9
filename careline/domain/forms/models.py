from django.contrib.postgres.fields import ArrayField
from django.db import models


class Form(models.Model):
    """One form. `content` is a rules.content.Content as JSON; `address` is its public name of 128 random bits, `slug` one for people.

    `channel` is of the kind form and answers by a mailbox; `origins` are the sites whose pages may show the form in a frame.
    """

    address = models.TextField(unique=True, db_collation="C")
    slug = models.TextField(default="", db_collation="C")
    name = models.TextField()
    brand = models.ForeignKey("company.Brand", on_delete=models.PROTECT)
    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT)
    content = models.JSONField()
    origins = ArrayField(models.TextField(), default=list)
    is_open = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], condition=~models.Q(slug=""), name="form_slug_once")]


class HeldFile(models.Model):
    """A file that somebody chose while a step of the form was still open; it goes with the message, or after a day."""

    submission = models.TextField(db_collation="C")
    field = models.TextField()
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    held_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["submission", "id"], name="held_of_submission")]


class Sending(models.Model):
    """That a form was sent, by a digest of where it came from or of the mail address: for the limits, a day long."""

    source = models.TextField(db_collation="C")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "at"], name="sending_of_source")]
