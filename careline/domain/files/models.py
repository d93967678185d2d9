from django.db import models


class File(models.Model):
    """A content that is stored; how it lies on disk is the store's affair (kit/storage.py)."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)


class RemoteContent(models.Model):
    """Something fetched from elsewhere for a screen, by the digest of its address; the address itself is not kept."""

    address_digest = models.CharField(max_length=64, primary_key=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT)
    media_type = models.TextField()
    fetched_at = models.DateTimeField()
