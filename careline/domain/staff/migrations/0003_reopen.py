from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_access")]

    operations = [
        migrations.AddField("team", "reopen_policy", models.TextField(db_default="reopen", default="reopen")),
        migrations.AddField("team", "reopen_days", models.SmallIntegerField(db_default=14, default=14)),
    ]
