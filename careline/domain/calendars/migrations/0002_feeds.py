from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = []
