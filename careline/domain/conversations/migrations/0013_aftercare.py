from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conversations", "0012_identified")]
    operations = []  # type: ignore[var-annotated]
