from django.db import models
from django.db.models import Q


class OutsideShop(models.Model):
    """A shop of the company elsewhere, whose orders are seen here. `token` stands in the address that its webhooks go to; `secrets`: sealed,
    {"key", "secret", "webhook"}. `code` stands before its order numbers. `cursor`: how far its orders were caught up with; asked again at
    `due_at`. `trusts_mail`: a mail address of an order says whose it is, though the shop has not verified it."""

    kind = models.TextField()
    name = models.TextField()
    code = models.TextField(unique=True, db_collation="C")
    url = models.TextField()
    token = models.TextField(default="", db_collation="C")
    secrets = models.BinaryField(default=b"")
    trusts_mail = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    cursor = models.TextField(default="")
    tries = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    sentence = models.TextField(default="")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="outside_shop_token_once")
        ]


class ShopEvent(models.Model):
    """An outside shop says that an order has to be looked at: once for each of its ids. What it said besides proves nothing and is not kept."""

    class State(models.TextChoices):
        NEW = "new"
        DONE = "done"
        IGNORED = "ignored"
        FAILED = "failed"

    shop = models.ForeignKey(OutsideShop, on_delete=models.PROTECT, db_index=False)
    external_id = models.TextField(db_collation="C")
    topic = models.TextField()
    subject = models.TextField(default="", db_collation="C")
    state = models.TextField(choices=State.choices, default=State.NEW)
    tries = models.SmallIntegerField(default=0)
    sentence = models.TextField(default="")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "external_id"], name="shop_event_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="shop_event_due")]


class ShopOrder(models.Model):
    """An order that is kept in an outside shop, and which one it is here. `updated_at`, `digest`: as it was last seen there. `lines`: ours by
    its keys; `parcels`: ours by its keys, 0 where nothing of ours left with it. `buyer`: whom the shop knows the customer as. `sentence`: what
    of it could not be followed here."""

    shop = models.ForeignKey(OutsideShop, on_delete=models.PROTECT, db_index=False)
    external_id = models.TextField(db_collation="C")
    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="kept_in")
    buyer = models.TextField(default="", db_collation="C")
    lines = models.JSONField(default=dict)
    parcels = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    digest = models.TextField(db_collation="C")
    sentence = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "external_id"], name="shop_order_once")]
        indexes = [models.Index(fields=["shop", "buyer"], condition=~Q(buyer=""), name="shop_order_buyer")]


class ShopAct(models.Model):
    """Money that an outside shop has to give back, once: `key` is written there with it, so that it is found again. `lines`: [its key of the
    line, units, minor units]."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    shop = models.ForeignKey(OutsideShop, on_delete=models.PROTECT)
    payment = models.OneToOneField("orders.Payment", on_delete=models.PROTECT, related_name="shop_act")
    subject = models.TextField(db_collation="C")
    key = models.TextField(unique=True, db_collation="C")
    amount = models.BigIntegerField()
    currency = models.TextField()
    lines = models.JSONField(default=list)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    external_id = models.TextField(default="", db_collation="C")
    sentence = models.TextField(default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="shop_act_due")]
