from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which cases of a team wait for somebody, in order; and what each person has on their hands."""

    dependencies = [("conversations", "0008_promises")]
    atomic = False

    operations = [
        AddIndexConcurrently(
            model_name="conversation",
            index=models.Index(
                fields=["team", "-priority", "due_sort", "created_at", "id"],
                condition=models.Q(
                    assignee__isnull=True, category="open", is_spam=False, merged_into__isnull=True, snoozed_until__isnull=True
                ),
                name="case_waiting_in_team",
            ),
        ),
        AddIndexConcurrently(
            model_name="conversation",
            index=models.Index(
                fields=["assignee", "category"],
                include=["team", "channel"],
                condition=models.Q(
                    ("assignee__isnull", False), ~models.Q(category="resolved"), ("is_spam", False),
                    ("merged_into__isnull", True), ("snoozed_until__isnull", True),
                ),
                name="case_load",
            ),
        ),
    ]  # fmt: skip
