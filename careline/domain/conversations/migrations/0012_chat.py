from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conversations", "0011_screen")]

    operations = []
