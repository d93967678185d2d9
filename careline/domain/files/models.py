from django.db import models


class File(models.Model):
    """A content that is stored; how it lies on disk is the store's affair (kit/storage.py)."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
