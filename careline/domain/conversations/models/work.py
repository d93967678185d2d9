"""What agents work with on cases: changes to many at once, what may still be undone, mentions, checklists, transcripts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from careline.domain.conversations.models.cases import Conversation
from careline.domain.conversations.models.messages import Message


class TeamRule(models.Model):
    """How a team works on its cases."""

    team = models.OneToOneField("staff.Team", primary_key=True, on_delete=models.CASCADE)
    only_assignee_sends = models.BooleanField(default=False)


class BulkChange(models.Model):
    """One change to many cases, carried out by the worker. `verbs` are those that its maker held at the door."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        UNDOING = "undoing"
        UNDONE = "undone"

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    verbs = ArrayField(models.TextField(), default=list)
    via = models.TextField(default="")
    change = models.JSONField()
    state = models.TextField(choices=State.choices, default=State.QUEUED)
    total = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["queued", "running", "undoing"]), name="bulk_due"
            ),
            models.Index(fields=["agent", "-id"], name="bulk_of_agent"),
        ]


class BulkItem(models.Model):
    """One case of a bulk change. `before` is what an undo puts back, as long as the case still has `version`."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        REFUSED = "refused"
        UNDONE = "undone"
        KEPT = "kept"

    bulk = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="items")
    number = models.BigIntegerField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    code = models.TextField(default="")
    reason = models.TextField(default="")
    before = models.JSONField(null=True)
    version = models.IntegerField(null=True)
    message_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "number"], name="bulk_item_once")]
        indexes = [
            models.Index(fields=["bulk", "number"], condition=models.Q(state="waiting"), name="bulk_item_waiting")
        ]


class Undo(models.Model):
    """How a case stood before an agent's change, while that change may still be undone."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    before = models.JSONField()
    version = models.IntegerField()
    note = models.ForeignKey(Message, null=True, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "agent"], name="undo_once")]
        indexes = [models.Index(fields=["due_at"], name="undo_due")]


class Mention(models.Model):
    """Somebody was named in a note."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "agent"], name="mention_once")]


class ChecklistTemplate(models.Model):
    """Steps that belong to a kind of case. `items` are [{"text", "required"}]."""

    name = models.TextField()
    items = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="checklist_name_once")]


class ChecklistItem(models.Model):
    """One step on a case; a required one has to be done before the case is resolved."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    position = models.SmallIntegerField()
    text = models.TextField()
    is_required = models.BooleanField(default=False)
    done_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "position"], name="checklist_of_case")]


class Transcript(models.Model):
    """A case as one document, made by the worker; the file is swept with its row after a day."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    with_notes = models.BooleanField(default=False)
    with_files = models.BooleanField(default=False)
    send_to = models.JSONField(default=list)
    state = models.TextField(default="queued")
    words = models.TextField(default="")
    file = models.ForeignKey("files.File", null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="transcript_due")]
