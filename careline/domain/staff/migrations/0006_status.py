from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_screen")]
    operations = []  # type: ignore[var-annotated]
