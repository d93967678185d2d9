import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _agent(**options):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL, **options)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("files", "0001_initial"), ("staff", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CannedReply",
            fields=[
                _KEY,
                ("name", models.TextField()),
                ("abbreviation", models.TextField(default="")),
                ("folder", models.TextField(default="")),
                (
                    "labels",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("texts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("owner", _agent(null=True)),
                (
                    "team",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="staff.team"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CannedFile",
            fields=[
                _KEY,
                ("position", models.SmallIntegerField(default=0)),
                ("name", models.TextField()),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="files.file")),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="knowledge.cannedreply"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Macro",
            fields=[
                _KEY,
                ("name", models.TextField()),
                ("folder", models.TextField(default="")),
                ("actions", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("owner", _agent(null=True)),
                (
                    "team",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="staff.team"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                _KEY,
                ("kind", models.TextField()),
                ("item", models.BigIntegerField()),
                ("used_on", models.DateField()),
                ("times", models.IntegerField(default=1)),
                ("last_at", models.DateTimeField()),
                ("agent", _agent()),
            ],
        ),
        migrations.AddConstraint(
            model_name="cannedreply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("abbreviation", ""), _negated=True),
                fields=("abbreviation", "owner", "team"),
                name="abbreviation_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.UniqueConstraint(fields=("kind", "item", "agent", "used_on"), name="use_once_a_day"),
        ),
    ]
