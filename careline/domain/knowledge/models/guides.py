from django.db import models
from django.db.models import Q


class Guide(models.Model):
    """A troubleshooting guide as it is being written; `steps` as rules/guides.py reads them. `current`: the number of the version that
    is walked, None for none. `audience` is public or staff; `asks_device`: device and version are asked for before it begins.
    """

    slug = models.TextField(unique=True)
    audience = models.TextField(default="public")
    titles = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    asks_device = models.BooleanField(default=False)
    current = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=("public", "staff")), name="guide_audience_known")
        ]


class GuideVersion(models.Model):
    """A guide as it was published: never changed, so that whoever walks it keeps their path."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField()
    titles = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once")]


class GuideRun(models.Model):
    """Somebody walks a guide: an agent beside a case, or a customer alone, who is known by `token` only.

    `path` is [[step, answer]], keys of the version; `outcome` is "" while it goes on, else solved, hand_over, article or stopped.
    """

    version = models.ForeignKey(GuideVersion, on_delete=models.CASCADE, related_name="+")
    token = models.TextField(null=True, unique=True)
    conversation_id = models.BigIntegerField(null=True)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    path = models.JSONField(default=list)
    outcome = models.TextField(default="")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["conversation_id", "-id"], condition=Q(conversation_id__isnull=False), name="guide_run_of_case"),
            models.Index(fields=["started_at"], condition=Q(conversation_id__isnull=True), name="guide_run_alone"),
        ]  # fmt: skip
