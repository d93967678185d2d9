from django.db import models


class KeptAnswer(models.Model):
    """What the owner of a key was answered. Without a status the call is still under way (its transaction is open)."""

    owner = models.BigIntegerField()
    key = models.TextField(db_collation="C")
    digest = models.CharField(max_length=64)
    status = models.SmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="key_once")]
        indexes = [models.Index(fields=["at"], name="key_by_age")]
