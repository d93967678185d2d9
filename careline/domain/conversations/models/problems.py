"""Problems: one cause behind the cases of many customers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Problem(models.Model):
    """A known issue. `Conversation.problem` says which cases it caused; `words` are those by which new ones are known."""

    title = models.TextField()
    detail = models.TextField(default="")
    words = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=models.Q(resolved_at__isnull=True), name="problem_open")]
