from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce, Lower

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Where a case without a due moment stands in a list sorted by it: last."""


class Status(models.Model):
    """A status as the company names it, in one of three categories. `name` is {language: text}."""

    class Category(models.TextChoices):
        OPEN = "open"
        WAITING = "waiting"
        RESOLVED = "resolved"

    code = models.SlugField(unique=True)
    name = models.JSONField()
    category = models.TextField(choices=Category.choices)
    position = models.SmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)


class Tag(models.Model):
    name = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_name_once")]


class Conversation(models.Model):
    """A case. What a list sorts or filters by is a column here (house rule 4)."""

    number = models.BigIntegerField(unique=True)
    subject = models.TextField(default="")
    status = models.ForeignKey(Status, on_delete=models.PROTECT)
    category = models.TextField()
    is_spam = models.BooleanField(default=False)
    priority = models.SmallIntegerField(default=2)
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.SET_NULL)
    channel_ids = ArrayField(models.BigIntegerField(), default=list)
    brand = models.ForeignKey("company.Brand", on_delete=models.PROTECT)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT)
    assignee = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL)
    follower_ids = ArrayField(models.BigIntegerField(), default=list)
    mentioned_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    open_duties = models.SmallIntegerField(default=0, db_default=0)
    restricted_to = ArrayField(models.BigIntegerField(), null=True)
    tag_ids = ArrayField(models.BigIntegerField(), default=list)
    fields = models.JSONField(default=dict)
    language = models.TextField(default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    due_sort = models.GeneratedField(
        expression=Coalesce("next_due_at", models.Value(NEVER)), output_field=models.DateTimeField(), db_persist=True
    )
    due_kind = models.TextField(default="")
    first_response_due_at = models.DateTimeField(null=True)
    first_responded_at = models.DateTimeField(null=True)
    resolution_due_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    last_snippet = models.TextField(default="")
    last_message_id = models.BigIntegerField(null=True)
    message_count = models.IntegerField(default=0)
    has_attachment = models.BooleanField(default=False)
    pending_approvals = models.SmallIntegerField(default=0)
    open_complaints = models.SmallIntegerField(default=0, db_default=0)
    """Complaints about it that wait for their final answer."""
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    side_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="sides")
    """A side conversation: its case. It bears a number of its own, and lists and searches skip it as they skip what was merged:
    `merged_into` names the case it is shown in. Its messages and people are its own, so that no answer can mix them up."""
    side_news = models.SmallIntegerField(default=0, db_default=0)
    """Answers from side conversations that nobody has looked at yet."""
    topic = models.ForeignKey("Topic", null=True, on_delete=models.PROTECT)
    hint = models.JSONField(null=True)
    problem = models.ForeignKey("conversations.Problem", null=True, db_index=False, on_delete=models.SET_NULL)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["category", "due_sort", "number"], name="case_by_due"),
            models.Index(fields=["category", "updated_at", "number"], name="case_by_update"),
            models.Index(fields=["updated_at", "number"], name="case_by_any_update"),
            models.Index(fields=["assignee", "category", "due_sort", "number"], name="case_of_assignee"),
            models.Index(fields=["team", "category", "due_sort", "number"], name="case_of_team"),
            models.Index(fields=["customer", "-created_at"], name="case_of_customer"),
            models.Index(
                fields=["snoozed_until"], condition=models.Q(snoozed_until__isnull=False), name="case_snoozed"
            ),
            models.Index(
                fields=["problem", "number"], condition=models.Q(problem__isnull=False), name="case_of_problem"
            ),
            models.Index(
                fields=["team", "-priority", "due_sort", "created_at", "id"],
                condition=models.Q(
                    assignee__isnull=True,
                    category="open",
                    is_spam=False,
                    merged_into__isnull=True,
                    snoozed_until__isnull=True,
                ),
                name="case_waiting_in_team",
            ),
            models.Index(
                fields=["assignee", "category"],
                include=["team", "channel"],
                condition=models.Q(
                    ("assignee__isnull", False),
                    ~models.Q(category="resolved"),
                    ("is_spam", False),
                    ("merged_into__isnull", True),
                    ("snoozed_until__isnull", True),
                ),
                name="case_load",
            ),
            GinIndex(fields=["tag_ids"], name="case_tags", fastupdate=False),
            GinIndex(fields=["follower_ids"], name="case_followers", fastupdate=False),
            GinIndex(fields=["mentioned_ids"], name="case_mentioned", fastupdate=False),
            GinIndex(fields=["fields"], name="case_fields", opclasses=["jsonb_path_ops"], fastupdate=False),
        ]


class Participant(models.Model):
    """Somebody on a case besides us. `suggested` ones are shown and get no mail until an agent agrees."""

    class State(models.TextChoices):
        ACTIVE = "active"
        SUGGESTED = "suggested"
        REMOVED = "removed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    kind = models.TextField(default="email")
    value = models.TextField(db_collation="C")
    name = models.TextField(default="")
    role = models.TextField()
    state = models.TextField(choices=State.choices, default=State.ACTIVE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "kind", "value"], name="participant_once")]


class Reading(models.Model):
    """How far an agent has read a case."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    message_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation"], name="reading_once")]
