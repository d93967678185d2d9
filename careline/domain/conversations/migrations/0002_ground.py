from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "ground.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION message_vector(text[], text, regconfig, text); DROP SEQUENCE case_number")
    ]
