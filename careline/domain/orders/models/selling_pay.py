from django.db import models
from django.db.models import Q


class Gateway(models.Model):
    """A company's account where cards are charged. `secrets`: sealed, {"key", "webhook"}."""

    kind = models.TextField(unique=True)
    settings = models.JSONField(default=dict)
    secrets = models.BinaryField(default=b"")
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()


class PaymentLink(models.Model):
    """An order may be paid at the gateway by whoever has the `token`. `session` is the gateway's page for it, good until
    `session_ends_at`; `look_at`: when the gateway is asked again what became of it."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="payment_links")
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.SET_NULL)
    amount = models.BigIntegerField()
    currency = models.TextField()
    token = models.TextField(db_collation="C")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    gateway = models.TextField()
    session = models.TextField(default="", db_collation="C")
    session_url = models.TextField(default="")
    session_ends_at = models.DateTimeField(null=True)
    sessions = models.SmallIntegerField(default=0)
    payment = models.ForeignKey("orders.Payment", null=True, on_delete=models.PROTECT)
    language = models.TextField(default="")
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_link_is_something"),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="payment_link_token_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(state="open"), name="payment_link_open_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="payment_link_due"),
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="payment_link_look"),
            models.Index(fields=["session"], condition=~Q(session=""), name="payment_link_session"),
        ]


class GatewayAct(models.Model):
    """Something the gateway has to do once: `key` is the idempotency key it is told, however often it is tried."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DOING = "doing"
        DONE = "done"
        FAILED = "failed"

    gateway = models.TextField()
    kind = models.TextField()
    key = models.TextField(unique=True, db_collation="C")
    link = models.ForeignKey(PaymentLink, null=True, on_delete=models.PROTECT)
    payment = models.ForeignKey("orders.Payment", null=True, on_delete=models.PROTECT)
    reference = models.TextField(default="", db_collation="C")
    amount = models.BigIntegerField()
    currency = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    external_id = models.TextField(default="", db_collation="C")
    sentence = models.TextField(default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="gateway_act_due"),
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="gateway_act_external"),
        ]


class GatewayEvent(models.Model):
    """What a gateway told us, as it came, once for each of its ids; it names what has to be asked for, and proves nothing."""

    class State(models.TextChoices):
        NEW = "new"
        DONE = "done"
        IGNORED = "ignored"
        FAILED = "failed"

    gateway = models.TextField()
    external_id = models.TextField(db_collation="C")
    kind = models.TextField()
    subject = models.TextField(default="", db_collation="C")
    state = models.TextField(choices=State.choices, default=State.NEW)
    body = models.TextField(default="")
    tries = models.SmallIntegerField(default=0)
    sentence = models.TextField(default="")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "external_id"], name="gateway_event_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="gateway_event_due")]
