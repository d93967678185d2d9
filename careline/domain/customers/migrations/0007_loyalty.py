from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_portal")]
    operations = []  # type: ignore[var-annotated]
