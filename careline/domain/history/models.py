from django.db import models


class Happening(models.Model):
    """One row of the partitioned table `history`; written by SQL only (commands.py), made by SQL (migrations)."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    via = models.TextField()
    name = models.TextField()
    version = models.SmallIntegerField()
    subject_kind = models.TextField()
    subject_key = models.BigIntegerField()
    conversation_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    data = models.JSONField()

    class Meta:
        managed = False
        db_table = "history"


class ReaderCursor(models.Model):
    """How far a durable reader has read: the (tx, id) of the last happening whose effect is committed."""

    name = models.TextField(primary_key=True)
    tx = models.BigIntegerField(default=0)
    happening = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "history_reader"


class SetAside(models.Model):
    """A happening that a reader failed on: put aside so that those behind it go on, and shown until it is mended."""

    reader = models.TextField()
    happening = models.BigIntegerField()
    name = models.TextField()
    error = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "history_set_aside"
        constraints = [models.UniqueConstraint(fields=["reader", "happening"], name="history_set_aside_once")]


class Seal(models.Model):
    """The chained digest of a month's happenings up to (tx, happening): whoever edits history by hand breaks it."""

    month = models.TextField(primary_key=True)
    tx = models.BigIntegerField()
    happening = models.BigIntegerField()
    count = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "history_seal"
