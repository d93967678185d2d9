from django.db import models
from django.db.models.functions import Lower


class Segment(models.Model):
    """A saved filter over customers. Its words are read by desk/queries/customer_filter.py."""

    name = models.TextField()
    filter = models.JSONField(default=dict)
    owner = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="segment_name_once")]
