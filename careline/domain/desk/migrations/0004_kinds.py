from django.db import migrations, models


class Migration(migrations.Migration):
    """A view may be a list, a board or a row of cases to be played; a board's columns stand for something."""

    dependencies = [("desk", "0003_search")]

    operations = [
        migrations.AddField("view", "kind", models.TextField(db_default="list", default="list")),
        migrations.AddField("view", "split", models.TextField(db_default="status", default="status")),
    ]
