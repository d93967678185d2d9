from django.db import models


class Organisation(models.Model):
    """A company our customers work for; people see "company"."""

    name = models.TextField()
    domains = models.JSONField(default=list)
    notes = models.TextField(default="")
    created_at = models.DateTimeField()


class Customer(models.Model):
    name = models.TextField(default="")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="people")
    language = models.TextField(default="")
    notes = models.TextField(default="")
    fields = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["name", "id"]), models.Index(fields=["-created_at", "-id"])]


class Address(models.Model):
    """One way to reach a customer; `value` is normalised by the channel kind it belongs to."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    kind = models.TextField()
    value = models.TextField(db_collation="C")
    verified_at = models.DateTimeField(null=True)
    is_primary = models.BooleanField(default=False)
    undeliverable_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="address_once")]
