from django.contrib.postgres.fields import ArrayField
from django.db import models


class Check(models.Model):
    """Questions that together identify a customer; any one of these rows is enough."""

    position = models.SmallIntegerField()
    questions = ArrayField(models.TextField())
