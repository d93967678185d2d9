from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_closing")]
    operations = []  # type: ignore[var-annotated]
