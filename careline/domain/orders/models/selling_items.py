from django.db import models
from django.db.models import Q


class Item(models.Model):
    """One piece that a customer has, by its serial number. `version` of its make or software, as it was last said."""

    product = models.ForeignKey("orders.Product", on_delete=models.PROTECT, related_name="items", db_index=False)
    variant = models.ForeignKey("orders.Variant", null=True, on_delete=models.PROTECT)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="items")
    line = models.ForeignKey("orders.Line", null=True, on_delete=models.PROTECT)
    serial = models.TextField(db_collation="C")
    version = models.TextField(default="")
    bought_on = models.DateField(null=True)
    warranty_until = models.DateField(null=True)
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "serial"], name="item_serial_once"),
            models.CheckConstraint(condition=~Q(serial=""), name="item_has_a_serial"),
        ]
        indexes = [models.Index(fields=["serial"], name="item_by_serial")]


class ProductLink(models.Model):
    """What else is known about a product: an article, a known issue, a tag of cases; by its key, which is not ours."""

    class Kind(models.TextChoices):
        ARTICLE = "article"
        PROBLEM = "problem"
        TAG = "tag"

    product = models.ForeignKey("orders.Product", on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.TextField(choices=Kind.choices)
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "kind", "key"], name="product_link_once")]
