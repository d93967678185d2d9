from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_search")]

    operations = []
