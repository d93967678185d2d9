from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Organisation(models.Model):
    """A company our customers work for; people see "company"."""

    name = models.TextField()
    sort_name = models.TextField(default="", db_default="", db_collation="C")
    domains = models.JSONField(default=list)
    notes = models.TextField(default="")
    fields = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_name", "id"], name="organisation_by_name"),
            GinIndex(fields=["domains"], name="organisation_domains", opclasses=["jsonb_path_ops"]),
        ]


class Customer(models.Model):
    """`sort_name` is the name as lists sort and duplicates compare it; `vector` the words it is found by (rules/words.py)."""

    name = models.TextField(default="")
    sort_name = models.TextField(default="", db_default="", db_collation="C")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="people")
    language = models.TextField(default="")
    time_zone = models.TextField(default="", db_default="")
    notes = models.TextField(default="")
    fields = models.JSONField(default=dict)
    preferred_channel = models.TextField(default="", db_default="")
    do_not_contact = ArrayField(models.TextField(), default=list, db_default=[])
    sees_company = models.BooleanField(default=False, db_default=False)
    """On their pages they see all requests of the people of their company."""
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    erased_at = models.DateTimeField(null=True)
    vector = SearchVectorField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name", "id"]),
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["sort_name", "id"], name="customer_by_name"),
            models.Index(fields=["organisation", "sort_name", "id"], name="customer_of_organisation"),
            models.Index(fields=["language", "id"], condition=~models.Q(language=""), name="customer_by_language"),
            GinIndex(fields=["fields"], name="customer_fields", opclasses=["jsonb_path_ops"], fastupdate=False),
            GinIndex(fields=["vector"], name="customer_words", fastupdate=False),
        ]


class Address(models.Model):
    """One way to reach a customer; `value` is normalised by its kind. `likeness` is what addresses of one person share."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    kind = models.TextField()
    value = models.TextField(db_collation="C")
    likeness = models.TextField(default="", db_default="", db_collation="C")
    verified_at = models.DateTimeField(null=True)
    verified_how = models.TextField(default="", db_default="")
    is_primary = models.BooleanField(default=False)
    undeliverable_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="address_once")]
        indexes = [
            models.Index(fields=["value"], name="address_by_value"),
            models.Index(fields=["likeness"], condition=~models.Q(likeness=""), name="address_by_likeness"),
        ]


class Note(models.Model):
    """What a colleague wrote about a customer; `author` is empty where an import or a rule wrote it."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="remarks", db_index=False)
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    text = models.TextField()
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "-created_at", "-id"], name="note_of_customer")]


class Consent(models.Model):
    """A customer agreed to be written to for a purpose: what, when, how, noted by whom; a withdrawn one stays as proof."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.TextField()
    given_at = models.DateTimeField()
    given_how = models.TextField(default="")
    given_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_how = models.TextField(default="")
    withdrawn_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "purpose"], condition=models.Q(withdrawn_at=None), name="consent_once"
            )
        ]
        indexes = [models.Index(fields=["purpose", "customer"], name="consent_for")]
