from django.db import models


class RuleSet(models.Model):
    """By when a complaint has to be acknowledged and answered: one version, which never changes once it holds.

    Versions of the same `code` follow one another by `valid_from`. The narrowest that fits is chosen: brand, product and
    country (ISO 3166, "" for any). `terms`: {"acknowledgement" | "holding" | "final": {"count", "unit", "warn"}}, `extension` the
    most by which the last one may be put off: {"count", "unit"}, or empty. `body`: whom outside customers may turn to.
    """

    code = models.TextField()
    name = models.TextField()
    brand = models.ForeignKey("company.Brand", null=True, on_delete=models.SET_NULL, related_name="+")
    product = models.ForeignKey("orders.Product", null=True, on_delete=models.SET_NULL, related_name="+")
    country = models.CharField(max_length=2, default="")
    calendar = models.ForeignKey("calendars.Calendar", null=True, on_delete=models.SET_NULL, related_name="+")
    terms = models.JSONField(default=dict)
    extension = models.JSONField(default=dict)
    body = models.TextField(default="")
    is_off = models.BooleanField(default=False)
    author = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    valid_from = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code", "-valid_from", "-id"], name="complaint_rules_in_force")]


class Category(models.Model):
    """What complaints are about, in the words of the house."""

    name = models.TextField()
    position = models.SmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("name"), name="complaint_category_once")]


class Cause(models.Model):
    """A root cause, in a tree."""

    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    position = models.SmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "parent", models.functions.Lower("name"), nulls_distinct=False, name="complaint_cause_once"
            )
        ]


class Letter(models.Model):
    """What is written at a step, by language: {"en": "Dear …"}. `outcome`: a final letter for one decision alone, or ""."""

    kind = models.TextField()
    outcome = models.TextField(default="")
    name = models.TextField()
    texts = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
