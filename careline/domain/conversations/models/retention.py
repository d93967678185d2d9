from django.db import models


class RetentionRule(models.Model):
    """What is not kept for ever: which cases (or raw mails), how long after what, and what becomes of them then.

    `filter`: {"categories", "teams", "tags", "channels"}, each a list of codes or ids; what is not there narrows nothing.
    """

    class Target(models.TextChoices):
        CASES = "cases"
        RAW = "raw"
        UNROUTED = "unrouted"

    class Action(models.TextChoices):
        DELETE = "delete"
        ANONYMISE = "anonymise"
        FILES = "files"

    class Basis(models.TextChoices):
        RESOLVED = "resolved"
        LAST_MESSAGE = "last_message"

    name = models.TextField()
    target = models.TextField(default=Target.CASES)
    action = models.TextField(default=Action.DELETE)
    basis = models.TextField(default=Basis.RESOLVED)
    days = models.IntegerField()
    filter = models.JSONField(default=dict)
    is_active = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gte=1, days__lte=36500), name="retention_days"),
            models.CheckConstraint(
                condition=models.Q(target__in=["cases", "raw", "unrouted"]), name="retention_target_known"
            ),
            models.CheckConstraint(
                condition=models.Q(action__in=["delete", "anonymise", "files"]), name="retention_action_known"
            ),
        ]


class RetentionRun(models.Model):
    """One run of a rule: when, by whom, and how much it removed. `cut_at`: what is older than this went."""

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    by_kind = models.TextField()
    by_id = models.BigIntegerField()
    cut_at = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["rule", "-id"], name="retention_run_of_rule")]


class Imported(models.Model):
    """What was brought in from another desk, by the key it had there; so a second run brings in nothing twice."""

    source = models.TextField()
    kind = models.TextField()
    key = models.TextField(db_collation="C")
    ours = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="imported_once")]
