from django.db import models


class FileText(models.Model):
    """The text inside an attached file, read once for all messages that carry it.

    Known by its content, as files are, but no foreign key: a text keeps no file from being swept. `state` is waiting, read,
    or why there is none: empty, unknown (no kind we read), too_big, failed (it stopped its reader), missing.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    state = models.TextField(default="waiting")
    text = models.TextField(default="")
    version = models.SmallIntegerField(default=0)
    attempts = models.SmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["digest"], condition=models.Q(state="waiting"), name="file_text_waiting"),
        ]
