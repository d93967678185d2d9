from django.contrib.postgres.fields import ArrayField
from django.db import models


class Policy(models.Model):
    """Who gets which promise; the first of them in order whose conditions hold counts. One that is deleted is retired.

    The row marked default says what the company made of the built-in default policy; without one that holds as it is.
    """

    name = models.TextField()
    position = models.IntegerField(default=0)
    is_default = models.BooleanField(default=False)
    conditions = models.JSONField(default=dict)
    targets = models.JSONField(default=dict)
    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.PROTECT)
    warn_percent = models.SmallIntegerField(default=80)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_promise"
            )
        ]


class Clock(models.Model):
    """One promise that runs on one case (rules/clocks.py). `ran` holds its stretches as begin, end, begin, end …

    Goes with its case: the foreign key is made by the migration, so that the database removes it.
    """

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.TextField()
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, db_index=False)
    seconds = models.IntegerField()
    is_business = models.BooleanField(default=False)
    calendar_key = models.BigIntegerField(null=True)
    warn_percent = models.SmallIntegerField(default=80)
    is_fallback = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ran = ArrayField(models.DateTimeField(), default=list)
    running_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    alarm_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    left_seconds = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "kind"],
                condition=models.Q(met_at__isnull=True, cancelled_at__isnull=True),
                name="one_clock_of_a_kind",
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "kind", "id"], name="clock_of_case"),
            models.Index(fields=["alarm_at", "id"], condition=models.Q(alarm_at__isnull=False), name="clock_alarm"),
        ]


class Entry(models.Model):
    """One line of the ledger. `name`: started, paused, resumed, recomputed, warned, broken, met or cancelled; `reason` a code."""

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left_seconds = models.IntegerField(null=True)
    reason = models.TextField(default="")
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, db_index=False)
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["conversation", "id"], name="ledger_of_case")]


class Recount(models.Model):
    """Clocks that are to be counted anew because a policy or a calendar changed; the worker goes on behind `after`."""

    reason = models.TextField()
    after = models.BigIntegerField(default=0)
    cases = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    customer_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="recount_due")]


class Acknowledgement(models.Model):
    """What a first mail to a mailbox (about a topic) is answered at once, {language: text}; off: nothing.

    Where a mailbox has no row, its old settings hold.
    """

    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE)
    topic = models.ForeignKey("conversations.Topic", null=True, on_delete=models.CASCADE)
    is_on = models.BooleanField(default=True)
    texts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "topic"], nulls_distinct=False, name="acknowledgement_once"),
        ]


class Acknowledged(models.Model):
    """When a sender, by the digest of the address, was acknowledged last: once in 24 hours is enough."""

    sender = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="acknowledged_at")]


class Silence(models.Model):
    """Since when a case that was called forgotten had not been touched. Goes with its case, as a clock does."""

    conversation_id = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()
