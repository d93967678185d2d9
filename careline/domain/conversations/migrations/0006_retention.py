import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_search")]

    operations = [
        migrations.CreateModel(
            name="Imported",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.TextField()),
                ("kind", models.TextField()),
                ("key", models.TextField(db_collation="C")),
                ("ours", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "kind", "key"), name="imported_once")],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("target", models.TextField(default="cases")),
                ("action", models.TextField(default="delete")),
                ("basis", models.TextField(default="resolved")),
                ("days", models.IntegerField()),
                ("filter", models.JSONField(default=dict)),
                ("is_active", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("created_by_id", models.BigIntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("days__lte", 36500)), name="retention_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__in", ["cases", "raw", "unrouted"])), name="retention_target_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("action__in", ["delete", "anonymise", "files"])),
                        name="retention_action_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_kind", models.TextField()),
                ("by_id", models.BigIntegerField()),
                ("cut_at", models.DateTimeField()),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.retentionrule",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["rule", "-id"], name="retention_run_of_rule")]},
        ),
    ]
