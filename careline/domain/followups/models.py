from django.db import models


class FollowUp(models.Model):
    """Somebody will come back to a customer: by when, how, and how it ended. Done without a date: an outcome said at the end.

    `kind`: mail, call, visit, or recovery after a low score (`answer_id` says which one). `outcome` is empty while it is open.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL)
    kind = models.TextField(default="mail")
    reason = models.TextField(default="")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    due_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")
    outcome_note = models.TextField(default="")
    answer_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    made_by = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer_id"], condition=models.Q(answer_id__isnull=False), name="recovered_once"
            ),
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(state="open"), name="one_open_follow_up"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="open"), name="follow_up_due"),
            models.Index(fields=["owner", "due_at", "id"], condition=models.Q(state="open"), name="follow_up_of_owner"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="open", reminded_at__isnull=True),
                name="follow_up_to_remind",
            ),
            models.Index(fields=["done_at", "id"], condition=models.Q(state="done"), name="follow_up_done"),
            models.Index(fields=["conversation", "id"], name="follow_up_of_case"),
        ]


class ClosingRule(models.Model):
    """In this team nothing is closed without an outcome, or an owner and a date for what comes next."""

    team = models.OneToOneField("staff.Team", primary_key=True, on_delete=models.CASCADE)
    is_strict = models.BooleanField(default=False)
    kind = models.TextField(default="mail")
    days = models.SmallIntegerField(default=3)


class Voice(models.Model):
    """A suggestion or praise as it was understood; `votes` counts the cases that raise it. `person` is whom praise names.

    `answer` is what those who asked are told when it is done. `due_at`: when telling them goes on, empty where nobody waits.
    """

    class State(models.TextChoices):
        NEW = "new"
        CONSIDERED = "considered"
        PLANNED = "planned"
        DONE = "done"
        DECLINED = "declined"

    kind = models.TextField()
    title = models.TextField()
    words = models.TextField(default="")
    state = models.TextField(choices=State.choices, default=State.NEW)
    product = models.ForeignKey("orders.Product", null=True, on_delete=models.SET_NULL)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    votes = models.IntegerField(default=0)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    answer = models.TextField(default="")
    answered_by = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    made_by = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-votes", "-id"], name="voice_by_votes"),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="voice_due"),
            models.Index(fields=["person", "-id"], condition=models.Q(person__isnull=False), name="praise_of_agent"),
        ]


class Vote(models.Model):
    """A case that raises a voice, and whether its customer was told what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        WRITTEN = "written"
        LEFT_OUT = "left_out"

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="votes_given")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    by_agent = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    reason = models.TextField(default="")
    told_at = models.DateTimeField(null=True)
    message_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "conversation"], name="voice_once_per_case")]
        indexes = [models.Index(fields=["conversation", "id"], name="voices_of_case")]


class Review(models.Model):
    """What somebody wrote about us in public, with its source; answered in the case it stands in."""

    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.SET_NULL)
    source = models.TextField()
    url = models.TextField(default="")
    author = models.TextField(default="")
    stars = models.SmallIntegerField(null=True)
    text = models.TextField(default="")
    posted_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["url"], condition=~models.Q(url=""), name="review_once"),
            models.CheckConstraint(
                condition=models.Q(stars__isnull=True) | models.Q(stars__range=(1, 5)), name="stars_of_five"
            ),
        ]
        indexes = [models.Index(fields=["recorded_at", "id"], name="review_by_time")]
