import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0002_ground"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.JSONField()),
                ("position", models.SmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(null=True)),
                ("parent", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="conversations.topic")),
            ],
        ),
        migrations.CreateModel(
            name="CaseField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(unique=True)),
                ("name", models.JSONField()),
                ("kind", models.TextField()),
                ("choices", models.JSONField(default=list)),
                ("topic_ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("is_needed_to_resolve", models.BooleanField(default=False)),
                ("position", models.SmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField("status", "retired_at", models.DateTimeField(null=True)),
        migrations.AddField("conversation", "side_news", models.SmallIntegerField(db_default=0, default=0)),
        migrations.AddField(
            "conversation",
            "side_of",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="conversations.conversation"),
        ),
        migrations.AddField(
            "conversation",
            "topic",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="conversations.topic"),
        ),
        migrations.AddField("message", "home_id", models.BigIntegerField(null=True)),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_split", models.BooleanField(default=False)),
                ("before", models.JSONField(default=dict)),
                ("merged_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("absorbed", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="merges_away", to="conversations.conversation")),
                ("into", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="merges_in", to="conversations.conversation")),
                ("merged_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("undone_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("undone_at__isnull", True)), fields=("absorbed",), name="merged_into_one")
                ]
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField(choices=[("related", "Related"), ("parent", "Parent"), ("duplicate", "Duplicate")])),
                ("created_at", models.DateTimeField()),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="conversations.conversation")),
                ("other", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="linked_from", to="conversations.conversation")),
                ("created_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("conversation", "other"),
                        django.db.models.functions.comparison.Greatest("conversation", "other"),
                        name="link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("conversation", models.F("other")), _negated=True), name="link_of_two"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="NoDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation")),
                ("other", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("conversation", "other"),
                        django.db.models.functions.comparison.Greatest("conversation", "other"),
                        name="no_duplicate_once",
                    )
                ]
            },
        ),
    ]
