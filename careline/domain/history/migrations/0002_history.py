from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "sql" / "history.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunSQL(SQL, "DROP TABLE history CASCADE; DROP TABLE kit_clock; DROP FUNCTION history_is_append_only, history_make_month")]
