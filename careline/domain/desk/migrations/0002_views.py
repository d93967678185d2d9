import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What views are counted by: one pass over a team's live cases reads this alone, not the cases.
LIVE = """CREATE INDEX case_live ON conversations_conversation (team_id)
INCLUDE (category, assignee_id, priority, status_id, channel_id, brand_id, customer_id, language, is_spam, snoozed_until, due_sort,
    created_at, updated_at, waiting_since, tag_ids)
WHERE category <> 'resolved' AND merged_into_id IS NULL AND restricted_to IS NULL"""
RESTRICTED = "CREATE INDEX case_restricted ON conversations_conversation (id) WHERE restricted_to IS NOT NULL"
SPAM = "CREATE INDEX case_spam ON conversations_conversation (updated_at, number) WHERE is_spam"


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial"), ("conversations", "0007_causes")]

    operations = [
        migrations.AddField(
            model_name="view",
            name="columns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="ViewPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField()),
                ("position", models.SmallIntegerField(default=0)),
                ("is_hidden", models.BooleanField(default=False)),
                (
                    "agent",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agent", "code"), name="view_placed_once")],
            },
        ),
        migrations.RunSQL(LIVE, "DROP INDEX case_live"),
        migrations.RunSQL(RESTRICTED, "DROP INDEX case_restricted"),
        migrations.RunSQL(SPAM, "DROP INDEX case_spam"),
    ]
