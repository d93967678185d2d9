"""What decides who is given a case, and what was decided. Without a row a team's queue is pulled from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Queue(models.Model):
    """How a team's cases find their people. `turns` counts what was ever given out, for going round in turn."""

    class Mode(models.TextChoices):
        PULL = "pull"
        PUSH = "push"

    class Strategy(models.TextChoices):
        ROUND_ROBIN = "round_robin"
        LEAST_LOADED = "least_loaded"
        LONGEST_IDLE = "longest_idle"

    class Missed(models.TextChoices):
        NEXT = "next"
        QUEUE = "queue"

    team = models.OneToOneField("staff.Team", primary_key=True, on_delete=models.CASCADE)
    mode = models.TextField(choices=Mode.choices, default=Mode.PULL)
    strategy = models.TextField(choices=Strategy.choices, default=Strategy.LEAST_LOADED)
    accept_seconds = models.IntegerField(default=0)
    when_missed = models.TextField(choices=Missed.choices, default=Missed.NEXT)
    sticky_days = models.SmallIntegerField(default=0)
    sticky_minutes = models.IntegerField(default=0)
    lower_after_minutes = models.IntegerField(null=True)
    drop_after_minutes = models.IntegerField(null=True)
    most_each = models.SmallIntegerField(null=True)
    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.SET_NULL)
    turns = models.BigIntegerField(default=0)


class Weight(models.Model):
    """What a case of a channel kind counts while it is open, and while it waits for the customer; no `units`: it fills whoever has it."""

    kind = models.TextField(primary_key=True)
    units = models.SmallIntegerField(null=True)
    waiting_units = models.SmallIntegerField(default=0)


class Requirement(models.Model):
    """Cases like this ask for a skill: every condition that is set has to hold. What is mandatory is never let go of."""

    skill = models.ForeignKey("staff.Skill", on_delete=models.CASCADE)
    level = models.SmallIntegerField(default=1)
    is_mandatory = models.BooleanField(default=False)
    topic = models.ForeignKey("conversations.Topic", null=True, on_delete=models.CASCADE)
    language = models.TextField(default="")
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.CASCADE)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)


class Need(models.Model):
    """A skill that somebody asked for on one case, by hand."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    skill = models.ForeignKey("staff.Skill", on_delete=models.CASCADE)
    level = models.SmallIntegerField(default=1)
    is_mandatory = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "skill"], name="need_once")]


class Place(models.Model):
    """A case's place in its team's queue. `due_at`: when less is asked of its people, or nobody is waited for any more.

    Who missed it comes last, who gave it back is left alone, and what is held waits for somebody to take it.
    """

    conversation = models.OneToOneField("conversations.Conversation", primary_key=True, on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE)
    since = models.DateTimeField()
    missed_by = ArrayField(models.BigIntegerField(), default=list)
    returned_by = ArrayField(models.BigIntegerField(), default=list)
    is_held = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="place_due"),
        ]


class Turn(models.Model):
    """Which turn of the queue somebody had last: whoever's is the oldest is next."""

    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="turn_once")]


class Mark(models.Model):
    """Something changed that may match work and people anew: a case, somebody of the team, or (neither) the queue as a whole."""

    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE)
    conversation_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)
    marked_at = models.DateTimeField()


class Opening(models.Model):
    """When a calendar that decides over people opens next: they come in then."""

    calendar = models.OneToOneField("calendars.Calendar", primary_key=True, on_delete=models.CASCADE)
    due_at = models.DateTimeField(null=True)


class Offer(models.Model):
    """A case that was given to somebody who has to answer before `due_at`; over once it was accepted, reclaimed or ended otherwise."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE)
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    reclaimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(ended_at__isnull=True), name="offer_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at__isnull=True), name="one_offer_at_a_time"
            )
        ]


class Decision(models.Model):
    """Why a case came to somebody: `why` is the queue's strategy, `sticky` or `taken`; `excluded` counts the others by reason."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    team = models.ForeignKey("staff.Team", on_delete=models.CASCADE)
    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    at = models.DateTimeField()
    why = models.TextField()
    waited_seconds = models.IntegerField(default=0)
    stage = models.SmallIntegerField(default=0)
    candidates = models.IntegerField(default=0)
    excluded = models.JSONField(default=dict)
    needs = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="decision_of_case")]


class Ladder(models.Model):
    """To whom cases of a topic are handed up; the one without a topic is for all others.

    `late_minutes`: so long after a promised answer was due the first step is taken; `reopenings`: when it is opened again for
    the nth time. None: never by itself.
    """

    name = models.TextField()
    topic = models.ForeignKey("conversations.Topic", null=True, on_delete=models.CASCADE)
    late_minutes = models.IntegerField(null=True)
    reopenings = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic"], nulls_distinct=False, name="ladder_of_a_topic_once"),
        ]


class Rung(models.Model):
    """One step of a ladder: a role (by its code), a team, or whoever the case's assignee reports to.

    `minutes`: unanswered so long, it goes on to the next by itself.
    """

    class Kind(models.TextChoices):
        ROLE = "role"
        TEAM = "team"
        SUPERIOR = "superior"

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="rungs")
    position = models.SmallIntegerField()
    name = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    role = models.TextField(default="")
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.CASCADE)
    minutes = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ladder", "position"], name="rung_once")]


class Standing(models.Model):
    """How high a case stands. `owner`: whom the customer knows as theirs, whoever works on it. `due_at`: when it rises next."""

    class Why(models.TextChoices):
        LATE = "late"
        UNANSWERED = "unanswered"
        NOBODY = "nobody"

    conversation = models.OneToOneField("conversations.Conversation", primary_key=True, on_delete=models.CASCADE)
    level = models.SmallIntegerField(default=0)
    name = models.TextField(default="")
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    raised_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    why_due = models.TextField(choices=Why.choices, default="")

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="standing_due")]


class Escalation(models.Model):
    """One step up or down: who asked, whom it reached, what was against those before. `before` is what an undo puts back."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE)
    at = models.DateTimeField()
    reason = models.TextField()
    by_agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    from_level = models.SmallIntegerField(default=0)
    level = models.SmallIntegerField(default=0)
    name = models.TextField(default="")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    team = models.ForeignKey("staff.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    note_id = models.BigIntegerField(null=True)
    passed = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    version = models.IntegerField(default=0)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="escalation_of_case")]
