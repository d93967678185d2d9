import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_retention"), ("staff", "0002_access")]

    operations = [
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField()),
                ("detail", models.TextField(default="")),
                ("words", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ("created_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["-id"], condition=models.Q(resolved_at__isnull=True), name="problem_open"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="conversation",
            name="problem",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="conversations.problem",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["problem", "number"], condition=models.Q(problem__isnull=False), name="case_of_problem"
            ),
        ),
    ]
