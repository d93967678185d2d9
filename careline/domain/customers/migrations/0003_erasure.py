import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_people")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("mode", models.TextField(choices=[("erase", "Erase"), ("anonymise", "Anonymise")])),
                ("reason", models.TextField(default="")),
                ("counts", models.JSONField(default=dict)),
                ("by_kind", models.TextField()),
                ("by_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-id"], name="erasure_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["erase", "anonymise"])), name="erasure_mode"
                    )
                ],
            },
        ),
    ]
