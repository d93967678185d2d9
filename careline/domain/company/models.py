from django.db import models

WORKER = "worker"


class Company(models.Model):
    """The one row that says whose install this is."""

    name = models.TextField()
    languages = models.JSONField(default=list)
    time_zone = models.TextField(default="UTC")
    settings = models.JSONField(default=dict)

    class Meta:
        db_table = "company"


class Brand(models.Model):
    name = models.TextField()
    signature = models.TextField(default="")
    is_default = models.BooleanField(default=False)
    # How customers meet it: empty means its name, the install's own address, our colour, the company's languages.
    public_name = models.TextField(default="")
    domain = models.TextField(default="")
    accent = models.TextField(default="")
    languages = models.JSONField(default=list)
    logo = models.ForeignKey("files.File", null=True, on_delete=models.PROTECT)
    logo_type = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_brand"
            ),
            models.UniqueConstraint(fields=["domain"], condition=~models.Q(domain=""), name="one_brand_for_a_domain"),
        ]


class Heartbeat(models.Model):
    """When a part of the install last said that it lives."""

    part = models.TextField(primary_key=True)
    name = models.TextField()
    at = models.DateTimeField()
