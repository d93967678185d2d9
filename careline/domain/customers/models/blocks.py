from django.db import models


class Block(models.Model):
    """Whose messages are spam: an address, or a whole domain as in `@spam.example`. They are kept all the same."""

    kind = models.TextField(default="email")
    value = models.TextField(db_collation="C")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="block_once")]
