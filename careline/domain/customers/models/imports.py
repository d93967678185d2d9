from django.contrib.postgres.fields import ArrayField
from django.db import models

from careline.domain.customers.models.people import Customer


class Import(models.Model):
    """A sheet of customers on its way in. `due_at` is set while the worker has something to do for it.

    `mapping` says for each column what it holds (rules/columns.py), "" for nothing. `headings` is what a later sheet of
    the same make is known by, so that its mapping is remembered.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded"
        READING = "reading"
        CHECKING = "checking"
        CHECKED = "checked"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    name = models.TextField()
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    format = models.TextField()
    encoding = models.TextField(default="")
    delimiter = models.TextField(default="")
    headings = ArrayField(models.TextField(), default=list)
    mapping = ArrayField(models.TextField(), default=list)
    is_updating = models.BooleanField(default=True)
    state = models.TextField(choices=State.choices, default=State.UPLOADED)
    total = models.IntegerField(default=0)
    position = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.TextField(default="")
    by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="import_due"),
            models.Index(fields=["-created_at", "-id"], name="import_newest"),
        ]


class ImportRow(models.Model):
    """One row of the sheet and what becomes of it: new, changed, same or refused (then `reason` says why).

    `keys` are the addresses it names, `before` and `after` the columns of a changed customer, for the undo.
    """

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.IntegerField()
    cells = ArrayField(models.TextField())
    keys = ArrayField(models.TextField(), default=list)
    outcome = models.TextField(default="")
    reason = models.TextField(default="")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["owner", "outcome", "number"], name="import_row_outcome"),
        ]
