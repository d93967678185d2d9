from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class CannedReply(models.Model):
    """Text ready to be put into an answer. `texts` is {language: {"text", "html"}}; without owner and team it is everybody's."""

    name = models.TextField()
    abbreviation = models.TextField(default="")
    folder = models.TextField(default="")
    labels = ArrayField(models.TextField(), default=list)
    texts = models.JSONField(default=dict)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["abbreviation", "owner", "team"], condition=~Q(abbreviation=""), nulls_distinct=False,
                name="abbreviation_once",
            )
        ]  # fmt: skip


class CannedFile(models.Model):
    """A file that goes with a canned reply."""

    reply = models.ForeignKey(CannedReply, on_delete=models.CASCADE, related_name="files")
    position = models.SmallIntegerField(default=0)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()


class Macro(models.Model):
    """Changes to a case in one step. `actions` is a list as rules/actions.py reads it; its text stands in one of them."""

    name = models.TextField()
    folder = models.TextField(default="")
    actions = models.JSONField(default=list)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class Use(models.Model):
    """How often somebody used a reply or a macro on a day. The thing used may be gone: what happened stays counted."""

    kind = models.TextField()
    item = models.BigIntegerField()
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    used_on = models.DateField()
    times = models.IntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "item", "agent", "used_on"], name="use_once_a_day")]
