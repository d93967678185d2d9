from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0012_identified")]
    operations = [
        migrations.AddField(
            model_name="conversation",
            name="open_complaints",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
    ]
