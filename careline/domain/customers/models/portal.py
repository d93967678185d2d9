"""How customers get at their own requests: who may, how they sign in, where they are signed in, what they said of a solution."""

from django.db import models

from careline.domain.customers.models.people import Customer


class Portal(models.Model):
    """What a brand's customers may do on their pages; where there is no row, as the defaults say. `who`: rules/portal.py."""

    brand = models.OneToOneField("company.Brand", primary_key=True, on_delete=models.CASCADE)
    who = models.TextField(default="known")
    has_logins = models.BooleanField(default=True)
    has_company_view = models.BooleanField(default=True)
    links_in_mails = models.BooleanField(default=False)


class Login(models.Model):
    """The password that a customer chose after a link, as its argon2 hash; the address they sign in with is a verified one of theirs."""

    customer = models.OneToOneField(Customer, primary_key=True, on_delete=models.CASCADE)
    password = models.TextField()
    set_at = models.DateTimeField()


class EntryLink(models.Model):
    """Somebody asked for a link to this address. The worker makes and mails it where the address is known, else the row goes.

    Only digests are kept: of the link's token, and of the cookie of the browser that asked. `due_at` is when the mail is
    (again) to be sent, empty once it was.
    """

    value = models.TextField(db_collation="C")
    brand = models.ForeignKey("company.Brand", on_delete=models.CASCADE)
    language = models.TextField(default="")
    wanted = models.TextField(default="")
    browser = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=~models.Q(digest=""), name="entry_link_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="entry_link_due"),
            models.Index(fields=["value", "asked_at"], name="entry_link_to"),
        ]


class Session(models.Model):
    """A browser in which a customer is signed in; `digest` is of the token in its cookie. `value`: the address they came in by."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    value = models.TextField(db_collation="C")
    how = models.TextField()
    device = models.TextField(default="")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_seen_at"], name="customer_session_seen")]


class Rating(models.Model):
    """What a customer said of how a request was solved: 1 to 5, once for each time it was resolved.

    Customers know no cases, so `conversation_id` is the bare key of one.
    """

    conversation_id = models.BigIntegerField()
    resolved_at = models.DateTimeField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    score = models.SmallIntegerField()
    comment = models.TextField(default="")
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation_id", "resolved_at"], name="rated_once"),
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="rating_of_five"),
        ]
