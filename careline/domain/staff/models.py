from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Agents(BaseUserManager["Agent"]):
    def get_by_natural_key(self, username: str | None) -> "Agent":
        return self.get(email__iexact=username)


class Agent(AbstractBaseUser):
    """Somebody who works here and can sign in."""

    email = models.EmailField(unique=True)
    name = models.TextField()
    role = models.ForeignKey("Role", on_delete=models.PROTECT, related_name="agents")
    teams: Any = models.ManyToManyField("Team", through="Membership", related_name="agents")
    reports_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="reports")
    is_active = models.BooleanField(default=True)
    language = models.TextField(default="")
    time_zone = models.TextField(default="")
    settings = models.JSONField(default=dict)
    joined_at = models.DateTimeField()
    deactivated_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = Agents()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="agent_email_lower")]


class Team(models.Model):
    name = models.TextField()
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.PROTECT)
    signature = models.TextField(default="")
    reopen_policy = models.TextField(default="reopen", db_default="reopen")
    """What a customer's message does to a resolved case: reopen, new (a case that is linked), or within (reopen_days, then new)."""
    reopen_days = models.SmallIntegerField(default=14, db_default=14)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]


class Membership(models.Model):
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    team = models.ForeignKey(Team, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "team"], name="in_a_team_once")]


class Role(models.Model):
    """A named set of grants. `code` is what the command line and the API say (representative, administrator …).

    A default role that nobody changed gains the verbs that a newer version brings; one that was changed stays as it is.
    """

    code = models.SlugField(unique=True)
    name = models.TextField()
    is_changed = models.BooleanField(default=False)
    needs_second_factor = models.BooleanField(default=False)


class ExtraRole(models.Model):
    """A role that somebody holds besides their own: what both allow is added up."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="extra_roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="extra_agents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "role"], name="extra_role_once")]


class Grant(models.Model):
    """A role may do `verb` on cases it reaches by `scope`; narrowed to one channel, brand or team where that is set."""

    class Scope(models.TextChoices):
        OWN = "own"
        TEAM = "team"
        ALL = "all"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    verb = models.TextField()
    scope = models.TextField(choices=Scope.choices)
    channel_id = models.BigIntegerField(null=True)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.CASCADE)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE)

    class Meta:
        indexes = [models.Index(fields=["role", "verb"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=["own", "team", "all"]), name="grant_scope_known"),
        ]


class Deputy(models.Model):
    """Between two moments `deputy` acts with the rights of `absent` on the cases that are theirs.

    `told_begin` and `told_end` say whether the record, and with it open streams, were told already.
    """

    absent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="stands_in")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    told_begin = models.BooleanField(default=False)
    told_end = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="deputy_for_a_while"),
            models.CheckConstraint(condition=~models.Q(absent=models.F("deputy")), name="deputy_of_another"),
        ]
        indexes = [models.Index(fields=["told_end", "ends_at"], name="deputy_due")]


class ApiToken(models.Model):
    """A token is its owner's rights narrowed to its scopes; only the digest of its words is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.TextField(default="")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class SignInAttempt(models.Model):
    """Failed sign-ins by address of the caller and by account, for the rate limit."""

    key = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]


class SignInLink(models.Model):
    """A one-time link that signs somebody in or, by `purpose`, sets a new password; only its token's digest is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    purpose = models.TextField(default="entry")


class Session(models.Model):
    """A browser in which somebody is signed in. What Django keeps under its key dies with `ended_at`."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="sessions")
    how = models.TextField()
    device = models.TextField(default="")
    place = models.TextField(default="")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agent", "-last_seen_at"], name="session_of_agent")]


class Factor(models.Model):
    """A second factor: an app that makes codes (`secret` sealed), or a passkey (`credential` is what it proved itself with)."""

    class Kind(models.TextChoices):
        TOTP = "totp"
        PASSKEY = "passkey"

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="factors")
    kind = models.TextField(choices=Kind.choices)
    name = models.TextField(default="")
    secret = models.BinaryField(null=True)
    last_step = models.BigIntegerField(default=0)
    credential_id = models.BinaryField(null=True, unique=True)
    credential = models.BinaryField(null=True)
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent"], condition=models.Q(kind="totp"), name="one_totp_each"),
        ]


class RecoveryCode(models.Model):
    """Lets somebody in once who has lost their second factor; only the digest is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class IdentityProvider(models.Model):
    """Who vouches for our people by OpenID Connect. `role` is given to whom it brings for the first time; without, only those known."""

    code = models.SlugField(unique=True)
    name = models.TextField()
    issuer = models.TextField()
    client_id = models.TextField()
    secret = models.BinaryField()
    domains = models.JSONField(default=list)
    role = models.ForeignKey(Role, null=True, on_delete=models.PROTECT)
    is_private = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)


class Identity(models.Model):
    """What a provider calls one of our people; from then on this, not the mail address, says who they are."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="identities")
    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE)
    subject = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["provider", "agent"], name="identity_one_each"),
        ]


class HouseLetter(models.Model):
    """A mail of the house to one of its own people (a link to get in). Its words are sealed, and gone once it has left."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    kind = models.TextField()
    words = models.BinaryField(null=True)
    due_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="house_letter_due")]


class Preference(models.Model):
    """How somebody likes their screens: what `preference_rules.KNOWN` names, as far as they chose it."""

    agent = models.OneToOneField(Agent, primary_key=True, on_delete=models.CASCADE, related_name="preference")
    chosen = models.JSONField(default=dict)


class Skill(models.Model):
    """What somebody can be good at, and a case may ask for: a language, a product, a channel, something technical."""

    class Kind(models.TextChoices):
        LANGUAGE = "language"
        PRODUCT = "product"
        CHANNEL = "channel"
        TECHNICAL = "technical"

    kind = models.TextField(choices=Kind.choices)
    name = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="skill_name_once")]


class AgentSkill(models.Model):
    """How good somebody is at it: 1 gets along, 5 teaches others."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE)
    level = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "skill"], name="agent_skill_once"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="agent_skill_level"),
        ]


class Attendance(models.Model):
    """Whether somebody may be given work, and how much. Without a row: away, with the usual capacity.

    `units` is what they can have at once. Outside the hours of `calendar` they are away, unless they said that they are
    there all the same: that holds until `insists_until`.
    """

    class State(models.TextChoices):
        AVAILABLE = "available"
        BUSY = "busy"
        AWAY = "away"

    agent = models.OneToOneField(Agent, primary_key=True, on_delete=models.CASCADE, related_name="attendance")
    state = models.TextField(choices=State.choices, default=State.AWAY, db_default="away")
    reason = models.TextField(default="", db_default="")
    since = models.DateTimeField(null=True)
    units = models.SmallIntegerField(default=10, db_default=10)
    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.SET_NULL)
    insists_until = models.DateTimeField(null=True)
    latest_given_at = models.DateTimeField(null=True)
    misses = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(units__range=(0, 1000)), name="units_of_a_person")]
