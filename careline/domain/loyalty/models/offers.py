from django.db import models


class Pair(models.Model):
    """How many customers bought both products: `together` in one order, or the other `next`, in a later one.

    `both` of them did; `buyers` bought the product at all, `others` the other one.
    """

    class Kind(models.TextChoices):
        TOGETHER = "together"
        NEXT = "next"

    kind = models.TextField(choices=Kind.choices)
    product = models.ForeignKey("orders.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey("orders.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    both = models.IntegerField()
    buyers = models.IntegerField()
    others = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "kind", "other"], name="pair_once")]


class Offer(models.Model):
    """What became of a product that we thought a customer may want; the counts are those it rested on then."""

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey("orders.Product", on_delete=models.PROTECT, related_name="+")
    because = models.ForeignKey("orders.Product", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.TextField()
    both = models.IntegerField()
    buyers = models.IntegerField()
    state = models.TextField(choices=State.choices)
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["customer", "-id"], name="offer_of_customer")]


class Preference(models.Model):
    """Whether a customer wants offers at all: what they last said, how it was said and when. Who said nothing has no row."""

    customer = models.OneToOneField("customers.Customer", primary_key=True, on_delete=models.CASCADE, related_name="+")
    wants_offers = models.BooleanField()
    how = models.TextField(default="")
    at = models.DateTimeField()
