from pathlib import Path

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

SQL = (Path(__file__).parent.parent / "sql" / "search.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_work")]
    atomic = False

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="FileText",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.TextField(default="waiting")),
                ("text", models.TextField(default="")),
                ("version", models.SmallIntegerField(default=0)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["digest"], name="file_text_waiting")
                ],
            },
        ),
        AddIndexConcurrently(
            model_name="message", index=models.Index(fields=["created_at", "id"], name="message_by_time")
        ),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                fields=["id"], condition=models.Q(("vector_version__lt", 2)), name="message_to_index_again"
            ),
        ),
        AddIndexConcurrently(
            model_name="attachment", index=models.Index(fields=["file", "message"], name="attachment_of_file")
        ),
    ]
