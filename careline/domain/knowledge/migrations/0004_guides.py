import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _agent():
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0003_finding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guide",
            fields=[
                _KEY,
                ("slug", models.TextField(unique=True)),
                ("audience", models.TextField(default="public")),
                ("titles", models.JSONField(default=dict)),
                ("summaries", models.JSONField(default=dict)),
                ("steps", models.JSONField(default=list)),
                ("asks_device", models.BooleanField(default=False)),
                ("current", models.IntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GuideVersion",
            fields=[
                _KEY,
                ("number", models.IntegerField()),
                ("titles", models.JSONField(default=dict)),
                ("summaries", models.JSONField(default=dict)),
                ("steps", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("by", _agent()),
                (
                    "guide",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.guide",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GuideRun",
            fields=[
                _KEY,
                ("token", models.TextField(null=True, unique=True)),
                ("conversation_id", models.BigIntegerField(null=True)),
                ("path", models.JSONField(default=list)),
                ("outcome", models.TextField(default="")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("agent", _agent()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.guideversion"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ("public", "staff"))), name="guide_audience_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="guideversion",
            constraint=models.UniqueConstraint(fields=("guide", "number"), name="guide_version_once"),
        ),
        migrations.AddIndex(
            model_name="guiderun",
            index=models.Index(
                condition=models.Q(("conversation_id__isnull", False)),
                fields=["conversation_id", "-id"],
                name="guide_run_of_case",
            ),
        ),
        migrations.AddIndex(
            model_name="guiderun",
            index=models.Index(
                condition=models.Q(("conversation_id__isnull", True)), fields=["started_at"], name="guide_run_alone"
            ),
        ),
    ]
