from django.db import models


class Survey(models.Model):
    """Which questionnaire is sent after which resolutions. Where brand, channel kind or team is set, only to cases of it.

    `kind`: csat (1 to 5), nps (0 to 10), ces (1 to 7) or own. `gap_days`: nobody is asked again sooner. `low_at_most`: a score
    up to it sets off what `on_low` says (case: a recovery case, reopen, nothing), due after `recovery_hours`.
    """

    class Kind(models.TextChoices):
        CSAT = "csat"
        NPS = "nps"
        CES = "ces"
        OWN = "own"

    name = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    is_on = models.BooleanField(default=False)
    position = models.SmallIntegerField(default=0)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)
    channel_kind = models.TextField(default="")
    wait_minutes = models.IntegerField(default=60)
    gap_days = models.SmallIntegerField(default=30)
    expires_days = models.SmallIntegerField(default=30)
    change_hours = models.SmallIntegerField(default=24)
    low_at_most = models.SmallIntegerField(null=True)
    on_low = models.TextField(default="case")
    recovery_hours = models.SmallIntegerField(default=24)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)


class Version(models.Model):
    """A questionnaire as it was asked: `content` is a rules.content.Content as JSON. Never changed once somebody was asked."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="versions")
    version = models.IntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "version"], name="survey_version_once")]


class Invitation(models.Model):
    """One resolution of a case that might be asked about, and what became of it. Agent, team and channel are those of that moment.

    Only the digest of the link's token is kept, once it was written. `reason` says why nobody was asked.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        LEFT_OUT = "left_out"
        ANSWERED = "answered"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE)
    version = models.IntegerField()
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.SET_NULL)
    channel_kind = models.TextField(default="")
    resolved_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    reason = models.TextField(default="")
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, default="")
    language = models.TextField(default="")
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "resolved_at"], name="asked_once_per_resolution"),
            models.UniqueConstraint(fields=["digest"], condition=~models.Q(digest=""), name="survey_link_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="survey_due"),
            models.Index(fields=["customer", "sent_at"], name="asked_of_customer"),
            models.Index(fields=["sent_at", "id"], name="asked_by_time"),
        ]


class Answer(models.Model):
    """What somebody answered about one resolution; `score` by the scale of `kind`, empty where they gave none.

    `values` holds the typed answers by the key of their question, `comment` the free words. `via`: mail, chat, portal or api.
    `recovery`: the case that a low score opened (or opened again); `recovered`: how that ended, as its follow-up says.
    """

    survey = models.ForeignKey(Survey, null=True, on_delete=models.SET_NULL)
    version = models.IntegerField()
    kind = models.TextField()
    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.SET_NULL)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.SET_NULL)
    channel_kind = models.TextField(default="")
    via = models.TextField(default="mail")
    resolved_at = models.DateTimeField(null=True)
    score = models.SmallIntegerField(null=True)
    values = models.JSONField(default=dict)
    comment = models.TextField(default="")
    language = models.TextField(default="")
    message_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    is_low = models.BooleanField(default=False)
    recovery = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.SET_NULL, related_name="recovers"
    )
    recovered = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "resolved_at"], name="answered_once_per_resolution"),
        ]
        indexes = [
            models.Index(fields=["answered_at", "id"], name="answer_by_time"),
            models.Index(fields=["kind", "answered_at"], name="answer_of_kind"),
            models.Index(fields=["agent", "answered_at"], name="answer_of_agent"),
            models.Index(fields=["recovery"], condition=models.Q(recovery__isnull=False), name="answer_of_recovery"),
        ]


class OptOut(models.Model):
    """A customer who does not want to be asked any more."""

    customer = models.OneToOneField("customers.Customer", primary_key=True, on_delete=models.CASCADE)
    at = models.DateTimeField()
