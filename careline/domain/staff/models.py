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

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]


class Membership(models.Model):
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    team = models.ForeignKey(Team, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "team"], name="in_a_team_once")]


class Role(models.Model):
    """A named set of grants. `code` is what the command line and the API say (representative, administrator …)."""

    code = models.SlugField(unique=True)
    name = models.TextField()


class Grant(models.Model):
    """A role may do `verb` on cases it reaches by `scope`; narrowed to one channel or brand where that is set."""

    class Scope(models.TextChoices):
        OWN = "own"
        TEAM = "team"
        ALL = "all"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    verb = models.TextField()
    scope = models.TextField(choices=Scope.choices)
    channel_id = models.BigIntegerField(null=True)
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.CASCADE)

    class Meta:
        indexes = [models.Index(fields=["role", "verb"])]


class ApiToken(models.Model):
    """A token is its owner's rights narrowed to its scopes; only the digest of its words is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    name = models.TextField(default="")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SignInAttempt(models.Model):
    """Failed sign-ins by address of the caller and by account, for the rate limit."""

    key = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]


class SignInLink(models.Model):
    """A one-time link that signs somebody in; only the digest of its token is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
