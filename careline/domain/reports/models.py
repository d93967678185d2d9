"""Facts of cases, kept by a reader of history (commands/facts.py), and their sums by day; exports; reports sent."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class CaseFact(models.Model):
    """One row for each case: what it is counted by, and every measure of it (rules/facts.py). Null is not zero: it is not known or not so.

    Days (`*_on`) are the company's; they are null where the case is not counted (`why_not`: spam, merged, side), so that no
    measure ever meets it. `*_business` are seconds of the company's opening hours. Shares are 1, 0 or null.
    `open_spans`: when it was open or waiting, as begin, end, begin …; an odd number: it still is. `span_days`: the days of these.
    """

    conversation_id = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField()
    version = models.SmallIntegerField()
    why_not = models.TextField(default="")
    is_restricted = models.BooleanField(default=False)
    category = models.TextField()
    channel_id = models.BigIntegerField(null=True)
    channel_kind = models.TextField(default="")
    brand_id = models.BigIntegerField()
    team_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)
    topic_id = models.BigIntegerField(null=True)
    product_ids = ArrayField(models.BigIntegerField(), default=list)
    order_ids = ArrayField(models.BigIntegerField(), default=list)
    customer_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    priority = models.SmallIntegerField()
    form_id = models.BigIntegerField(null=True)
    language = models.TextField(default="")

    opened_at = models.DateTimeField()
    first_responded_at = models.DateTimeField(null=True)
    first_resolved_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    opened_on = models.DateField(null=True)
    first_resolved_on = models.DateField(null=True)
    resolved_on = models.DateField(null=True)
    rated_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)

    incoming = models.IntegerField(default=0)
    replies = models.IntegerField(default=0)
    first_response_seconds = models.BigIntegerField(null=True)
    first_response_business = models.BigIntegerField(null=True)
    responses = models.IntegerField(null=True)
    response_seconds = models.BigIntegerField(null=True)
    response_business = models.BigIntegerField(null=True)
    resolution_seconds = models.BigIntegerField(null=True)
    resolution_business = models.BigIntegerField(null=True)
    is_first_contact = models.SmallIntegerField(null=True)
    is_reopened = models.SmallIntegerField(null=True)
    reopenings = models.IntegerField(default=0)
    transfers = models.IntegerField(default=0)
    is_answer_kept = models.SmallIntegerField(null=True)
    is_resolution_kept = models.SmallIntegerField(null=True)
    is_kept = models.SmallIntegerField(null=True)
    csat_score = models.SmallIntegerField(null=True)
    is_satisfied = models.SmallIntegerField(null=True)
    nps_score = models.SmallIntegerField(null=True)
    nps = models.SmallIntegerField(null=True)
    ces_score = models.SmallIntegerField(null=True)
    is_answered = models.SmallIntegerField(null=True)
    handle_seconds = models.BigIntegerField(null=True)
    open_spans = ArrayField(models.DateTimeField(), default=list)
    span_days = ArrayField(models.DateField(), default=list)

    class Meta:
        db_table = "case_fact"
        indexes = [
            models.Index(fields=["opened_on", "number"], name="fact_opened"),
            models.Index(fields=["resolved_on", "number"], name="fact_resolved"),
            models.Index(fields=["first_resolved_on"], name="fact_first_resolved"),
            models.Index(fields=["rated_on"], condition=models.Q(rated_on__isnull=False), name="fact_rated"),
            models.Index(fields=["asked_on"], condition=models.Q(asked_on__isnull=False), name="fact_asked"),
            models.Index(fields=["customer_id"], name="fact_customer"),
            models.Index(fields=["number"], name="fact_number"),
            GinIndex(fields=["order_ids"], name="fact_orders", fastupdate=False),
            models.Index(
                fields=["opened_on"], condition=models.Q(is_restricted=True), name="fact_restricted"
            ),
        ]  # fmt: skip


class FactDay(models.Model):
    """Sums over the facts of a day: of all cases (`dim` is empty) and of those with each value of a dimension.

    `n` is how many had the measure, `total` what it adds up to, `business` the same in opening hours. Restricted cases are in
    none: those who may see them add them from the facts.
    """

    dim = models.TextField()
    day = models.DateField()
    key = models.TextField(db_collation="C")
    measure = models.TextField()
    n = models.BigIntegerField()
    total = models.BigIntegerField()
    business = models.BigIntegerField()

    class Meta:
        db_table = "fact_day"
        constraints = [models.UniqueConstraint(fields=["dim", "measure", "day", "key"], name="fact_day_once")]


class FactDue(models.Model):
    """A case whose fact is to be made anew. Taken and removed in the transaction that writes the fact."""

    conversation_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "fact_due"


class FactState(models.Model):
    """The one row that says by which rules and in which time zone the facts stand; `after`: how far a recount of all has come."""

    one = models.BooleanField(primary_key=True, default=True)
    version = models.SmallIntegerField(default=0)
    zone = models.TextField(default="")
    after = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "fact_state"


class Effort(models.Model):
    """How long somebody worked on a case on one of the company's days: a part of its fact."""

    conversation_id = models.BigIntegerField()
    agent_id = models.BigIntegerField()
    day = models.DateField()
    seconds = models.BigIntegerField()

    class Meta:
        db_table = "case_effort"
        constraints = [models.UniqueConstraint(fields=["conversation_id", "agent_id", "day"], name="effort_once")]
        indexes = [models.Index(fields=["agent_id", "day"], name="effort_of_agent")]


class StatusInterval(models.Model):
    """How long somebody was there, busy or away; open where `ended_at` is null."""

    agent_id = models.BigIntegerField()
    state = models.TextField()
    reason = models.TextField(default="")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agent_status"
        constraints = [
            models.UniqueConstraint(
                fields=["agent_id"], condition=models.Q(ended_at__isnull=True), name="one_status_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["agent_id", "began_at"], name="status_of_agent")]


class Export(models.Model):
    """Cases on their way into a file: made by the worker, fetched by whoever asked, gone after a day.

    `wanted` is a view's filter, `written` how many rows stand in the file by now, `parcel` the file's name among those kept for a while.
    """

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    format = models.TextField()
    columns = models.JSONField(default=list)
    wanted = models.JSONField(default=dict)
    state = models.TextField(default="queued")
    tries = models.SmallIntegerField(default=0)
    total = models.BigIntegerField()
    written = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    parcel = models.TextField(default="")
    words = models.TextField(default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="export_due"),
            models.Index(fields=["agent", "-id"], name="export_of_agent"),
        ]


class Sending(models.Model):
    """The written report to people of the house, at `minute` of their own day after each week or month."""

    name = models.TextField()
    every = models.TextField()
    minute = models.SmallIntegerField(default=480)
    time_zone = models.TextField()
    agent_ids = ArrayField(models.BigIntegerField(), default=list)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="sending_due")]


class ReportLetter(models.Model):
    """One report to one person about one period, once. `leaving` is said before the mail server is spoken to, so that nobody gets two."""

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    begins_on = models.DateField()
    ends_on = models.DateField()
    state = models.TextField(default="queued")
    tries = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    words = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sending", "agent", "begins_on"], name="report_once_a_period")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="report_letter_due")]
