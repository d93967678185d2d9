from django.db import models
from django.db.models import Q


class Type(models.Model):
    """A kind of service request. `code` is also the action that authority is asked for; `version` is the one in use.

    A running request keeps the version it was begun with. One that is not open takes no new requests.
    """

    code = models.TextField(unique=True, db_collation="C")
    version = models.IntegerField(default=1)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField()


class Version(models.Model):
    """What a type asks and how it goes, at one time; it never changes. `content`: rules.content.Content as JSON."""

    type = models.ForeignKey(Type, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    content = models.JSONField()
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "number"], name="type_version_once")]


class Request(models.Model):
    """What one customer asked for, as they filled it in (`values`), and what was decided. Its case is where it is talked about.

    `amount` is what it is about in money, where it is about some. `offer`: what was offered instead, {"amount": minor}, until the
    customer answers. `approval`: the request for a decision that waits, or waited. `carried`: what was done once it was approved.
    """

    class State(models.TextChoices):
        OPEN = "open"
        WAITING = "waiting"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    class Outcome(models.TextChoices):
        UNDECIDED = ""
        APPROVED = "approved"
        DENIED = "denied"

    type = models.ForeignKey(Type, on_delete=models.PROTECT, db_index=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, db_index=False, related_name="+")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    values = models.JSONField(default=dict)
    amount = models.BigIntegerField(null=True)
    currency = models.TextField(default="")
    origin = models.TextField()
    opened_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.TextField(choices=Outcome.choices, default=Outcome.UNDECIDED)
    reason = models.TextField(default="")
    words = models.TextField(default="")
    offer = models.JSONField(null=True)
    approval = models.BigIntegerField(null=True)
    decided_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    carried = models.JSONField(null=True)
    carried_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changes = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"], name="service_request_by_state"),
            models.Index(fields=["type", "-id"], name="service_request_by_type"),
            models.Index(fields=["customer", "-id"], name="service_request_of_customer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0), name="request_amount_is_something"
            ),
            models.CheckConstraint(
                condition=Q(carried_at__isnull=True) | Q(outcome="approved"), name="only_approved_is_carried"
            ),
        ]


class Step(models.Model):
    """A step of a request and who did it. `seconds_left` while the customer is waited for: the deadline stands still then."""

    class State(models.TextChoices):
        AHEAD = "ahead"
        CURRENT = "current"
        DONE = "done"
        SKIPPED = "skipped"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps", db_index=False)
    position = models.SmallIntegerField()
    key = models.TextField()
    kind = models.TextField()
    state = models.TextField(choices=State.choices, default=State.AHEAD)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    skill = models.ForeignKey("staff.Skill", null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    seconds_left = models.BigIntegerField(null=True)
    late_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="request_step_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="current", late_at__isnull=True, due_at__isnull=False),
                name="request_step_due",
            )
        ]


class Paper(models.Model):
    """A paper that was asked for, and each file that came for it: one that is rejected stays, and another is asked for."""

    class State(models.TextChoices):
        ASKED = "asked"
        RECEIVED = "received"
        CHECKED = "checked"
        REJECTED = "rejected"

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="papers")
    key = models.TextField()
    state = models.TextField(choices=State.choices, default=State.ASKED)
    file = models.ForeignKey("files.File", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.TextField(default="")
    media_type = models.TextField(default="")
    size = models.BigIntegerField(default=0)
    reason = models.TextField(default="")
    asked_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], condition=Q(state="asked"), name="paper_asked_once"),
        ]
