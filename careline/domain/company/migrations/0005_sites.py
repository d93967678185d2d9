from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("company", "0004_brands")]

    operations = []
