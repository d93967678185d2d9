import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_skills")]

    operations = [
        migrations.CreateModel(
            "Preference",
            [
                ("agent", models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="preference", serialize=False,
                    to=settings.AUTH_USER_MODEL,
                )),
                ("chosen", models.JSONField(default=dict)),
            ],
        ),
    ]  # fmt: skip
