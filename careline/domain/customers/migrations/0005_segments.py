import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0004_blocks'),
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('filter', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='segment',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='segment_name_once'),
        ),
    ]
