from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Identification(models.Model):
    """Whether a customer was who they said, on this case: how (mail, portal, chat, questions), by whom and when.

    `questions`: which were asked, never what was answered. A failed one counts against guessing.
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, db_index=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE)
    how = models.TextField()
    questions = ArrayField(models.TextField(), default=list)
    is_passed = models.BooleanField()
    agent = models.ForeignKey("staff.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "customer"], condition=Q(is_passed=True), name="identified_once"
            )
        ]
        indexes = [models.Index(fields=["conversation", "at"], name="identified_on_case")]
