import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial"), ("files", "0002_remote_content")]
    atomic = False

    operations = [
        migrations.AddField(model_name="inbound", name="erased_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="inbound",
            name="file",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="files.file"),
        ),
        AddIndexConcurrently(
            model_name="inbound",
            index=models.Index(
                condition=models.Q(("erased_at", None)), fields=["received_at", "id"], name="inbound_by_age"
            ),
        ),
        AddIndexConcurrently(
            model_name="inbound",
            index=models.Index(
                condition=models.Q(("message_key", None), _negated=True),
                fields=["message_key"],
                name="inbound_of_message",
            ),
        ),
    ]
