from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class Product(models.Model):
    """Something we sell. `code` is what the shop calls it. `terms` of a subscription: {"period": "month"}; of tiers:
    {"tiers": [{"from": 10, "percent": 5}]}. `features`: [{"name", "value"}]. `vector`: the words it is found by."""

    class Billing(models.TextChoices):
        ONE_OFF = "one_off"
        SUBSCRIPTION = "subscription"
        TIERS = "tiers"

    code = models.TextField(db_collation="C")
    name = models.TextField()
    description = models.TextField(default="", db_default="")
    features = models.JSONField(default=list)
    billing = models.TextField(choices=Billing.choices, default=Billing.ONE_OFF)
    terms = models.JSONField(default=dict)
    warranty_months = models.SmallIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    vector = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="product_code_once"),
            models.CheckConstraint(condition=Q(warranty_months__gte=0), name="product_warranty_is_no_debt"),
        ]
        indexes = [GinIndex(fields=["vector"], name="product_words", fastupdate=False)]


class Variant(models.Model):
    """One choice of a product's options. `stock` empty: not counted, only there or not (`is_available`)."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    sku = models.TextField(db_collation="C")
    options = models.JSONField(default=dict)
    price = models.BigIntegerField()
    currency = models.TextField()
    stock = models.IntegerField(null=True)
    is_available = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sku"], name="variant_sku_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="variant_price_is_no_debt"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="variant_stock_is_there"),
        ]
