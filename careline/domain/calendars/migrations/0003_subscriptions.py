import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0002_feeds")]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("calendar", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="subscription", serialize=False, to="calendars.calendar")),
                ("url", models.TextField()),
                ("days", models.JSONField(blank=True, default=list)),
                ("due_at", models.DateTimeField()),
                ("refreshed_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("words", models.TextField(blank=True, default="")),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="calendar_feed_due")],
            },
        ),
    ]
