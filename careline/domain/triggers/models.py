from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Rule(models.Model):
    """What is done by itself: `kind` trigger (on the happenings that `whens` name) or time. Rules run by `position`.

    `heard_from`: what happened earlier is not its business. `stops`: where it ran, those behind it do not.
    """

    name = models.TextField()
    kind = models.TextField()
    whens = ArrayField(models.TextField(), default=list)
    conditions = models.JSONField(default=dict)
    actions = models.JSONField(default=list)
    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.SET_NULL, related_name="+")
    position = models.IntegerField()
    is_active = models.BooleanField(default=False)
    stops = models.BooleanField(default=False)
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    heard_from = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=("trigger", "time")), name="rule_kind_known")]
        indexes = [models.Index(fields=["position", "id"], name="rule_in_order")]


class Run(models.Model):
    """One rule was judged on one case: what it did, or why not. Ids, codes and numbers only; kept for 30 days.

    `outcome`: done, partly, refused (of what was asked nothing was possible), unmatched, waiting (until the hold is over), undone,
    again | chain | often (held back), broken. `against` are the conditions that failed; `steps` the actions, each with its refusal;
    `tx` the transaction it acted in, `chain` the rules that led to it: by both a happening is known to be a rule's.
    """

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation_id = models.BigIntegerField()
    happening = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    outcome = models.TextField()
    against = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    chain = ArrayField(models.BigIntegerField(), default=list)
    tx = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "happening"], condition=Q(happening__isnull=False), name="rule_runs_once"
            )
        ]
        indexes = [
            models.Index(fields=["conversation_id", "-id"], name="run_of_case"),
            models.Index(fields=["rule", "-id"], name="run_of_rule"),
            models.Index(fields=["at"], name="run_by_age"),
            models.Index(fields=["due_at"], condition=Q(outcome="waiting"), name="run_waiting"),
            models.Index(
                fields=["conversation_id", "tx"], condition=Q(outcome__in=("done", "partly")), name="run_by_tx"
            ),
        ]


class Standing(models.Model):
    """A time rule has acted on a case, and the case still fits it: it acts again only once the case has left it."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation_id = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "conversation_id"], name="rule_stands_once")]


class Schedule(models.Model):
    """A case that comes again: by an RRULE of days, at a wall time of a zone. `template` says what stands in it.

    `template`: {subject, text, customer, channel, team, assignee, tags, priority, checklist}; without a customer it is internal.
    """

    name = models.TextField()
    rule = models.TextField()
    starts_on = models.DateField()
    wall_time = models.TimeField()
    zone = models.TextField()
    until = models.DateField(null=True)
    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.SET_NULL, related_name="+")
    on_holiday = models.TextField(default="keep")
    template = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    next_on = models.DateField(null=True)
    next_due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_due_at"], condition=Q(next_due_at__isnull=False), name="schedule_due")]


class Opening(models.Model):
    """A schedule came due on a day of its own: the case it opened, or why none; `missed` days it left out, being late."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    at = models.DateTimeField()
    number = models.BigIntegerField(null=True)
    missed = models.IntegerField(default=0)
    refusal = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "on"], name="schedule_opens_once")]
