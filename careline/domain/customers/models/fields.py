from django.db import models


class Field(models.Model):
    """A field that the company added to customers or companies; what may stand in it is judged by kit/typed_fields.py.

    `choices` is [[code, name]]. One that is archived keeps its values and is no longer shown or asked for.
    """

    class Subject(models.TextChoices):
        CUSTOMER = "customer"
        ORGANISATION = "organisation"

    subject = models.TextField(choices=Subject.choices)
    code = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    choices = models.JSONField(default=list)
    is_required = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=False)
    position = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "code"], name="field_once")]
