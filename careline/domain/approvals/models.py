from django.db import models


class Limit(models.Model):
    """How much of an action ("*": any) its holder may decide alone: each time, on a case, for a customer, or in a day.

    Holder: everybody of a role, whoever has a skill from a level on, or one person. Neither money nor percent: without end.
    `author`: who set it; by their own pen nobody agrees where two people have to.
    """

    class Per(models.TextChoices):
        ACTION = "action"
        CASE = "case"
        CUSTOMER = "customer"
        DAY = "day"

    role = models.ForeignKey("staff.Role", null=True, on_delete=models.CASCADE)
    skill = models.ForeignKey("staff.Skill", null=True, on_delete=models.CASCADE)
    level = models.SmallIntegerField(default=1)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.CASCADE)
    action = models.TextField(default="*")
    per = models.TextField(choices=Per.choices, default=Per.ACTION)
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    percent = models.DecimalField(null=True, max_digits=5, decimal_places=2)
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__isnull=False, skill__isnull=True, agent__isnull=True)
                | models.Q(role__isnull=True, skill__isnull=False, agent__isnull=True)
                | models.Q(role__isnull=True, skill__isnull=True, agent__isnull=False),
                name="limit_of_one_holder",
            ),
            models.UniqueConstraint(
                fields=["role", "skill", "level", "agent", "action", "per"], nulls_distinct=False, name="limit_once"
            ),
        ]


class Rate(models.Model):
    """One unit of `source` was worth so many of `target` on a day."""

    source = models.CharField(max_length=3)
    target = models.CharField(max_length=3)
    on = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "on"], name="rate_once_a_day")]


class Policy(models.Model):
    """A version of the company's procedures, all its rules in order. Without `valid_from` it is the draft; afterwards it stays.

    `authors`: who wrote each rule as it stands, by its id. `switched_on_by`: who put it in force.
    """

    rules = models.JSONField(default=list)
    note = models.TextField(default="")
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    authors = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    valid_from = models.DateTimeField(null=True)
    switched_on_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-valid_from", "-id"], name="policy_in_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=models.Q(valid_from__isnull=True),
                nulls_distinct=False,
                name="one_draft",
            )
        ]


class Deadline(models.Model):
    """How the time that somebody has to decide is counted: in the opening hours of a calendar; without one, round the clock."""

    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.SET_NULL)


class Simulation(models.Model):
    """The draft is tried on what was decided before, some at a time. `before`: decisions below this key come next;
    `found`: what it came to so far, as rules/simulating.py keeps it."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE)
    asked_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()
    rules = models.JSONField(default=list)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    before = models.BigIntegerField(null=True)
    found = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="simulation_due")]


class Decision(models.Model):
    """What was decided on an action that somebody meant to do; the facts as they were, for trying a new policy on them."""

    at = models.DateTimeField()
    agent_id = models.BigIntegerField()
    action = models.TextField()
    facts = models.JSONField()
    outcome = models.TextField()
    code = models.TextField()
    rule = models.TextField(default="")
    policy_id = models.BigIntegerField(null=True)
    exceeded = models.TextField(default="")
    conversation_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="decision_by_time")]


class Use(models.Model):
    """Something was given: by whose authority, on which case, to whom."""

    at = models.DateTimeField()
    agent_id = models.BigIntegerField()
    action = models.TextField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    conversation_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    request = models.ForeignKey("Request", null=True, on_delete=models.SET_NULL)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agent_id", "action", "at"], name="use_of_agent"),
            models.Index(fields=["conversation_id", "action"], name="use_on_case"),
            models.Index(fields=["customer_id", "action", "at"], name="use_for_customer"),
        ]


class Request(models.Model):
    """Somebody asks for a decision that is not theirs. `params` is what carrying it out needs; ids, codes and numbers only."""

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        DENIED = "denied"
        WITHDRAWN = "withdrawn"
        FAILED = "failed"

    action = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    subject_kind = models.TextField()
    subject_key = models.BigIntegerField()
    conversation_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_kind = models.TextField()
    asked_at = models.DateTimeField()
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    facts = models.JSONField()
    params = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    words = models.TextField(default="")
    code = models.TextField()
    rule = models.TextField(default="")
    policy_id = models.BigIntegerField(null=True)
    needs = models.JSONField(default=dict)
    tells = models.JSONField(default=dict)
    hours = models.SmallIntegerField()
    approver = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    on_behalf_of = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_amount = models.BigIntegerField(null=True)
    answer = models.TextField(default="")
    carried = models.JSONField(null=True)
    failure = models.TextField(default="")
    told_id = models.BigIntegerField(null=True)
    untold = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="request_due"),
            models.Index(fields=["conversation_id", "-id"], name="request_on_case"),
            models.Index(fields=["approver", "state", "-id"], name="request_for_approver"),
            models.Index(fields=["asked_by", "-id"], name="request_of_asker"),
            models.Index(fields=["state", "-id"], name="request_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=models.Q(state="waiting"), name="asked_once")
        ]


class Step(models.Model):
    """Whom a request was put before, and what became of it: asked, delegated, silent, gone, nobody, or how it ended."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    what = models.TextField()
    by_agent_id = models.BigIntegerField(null=True)
    to_agent_id = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
