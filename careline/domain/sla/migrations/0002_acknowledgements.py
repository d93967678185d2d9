import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0001_initial'),
        ('conversations', '0003_structure'),
        ('sla', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Acknowledged',
            fields=[
                ('sender', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='acknowledged_at')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=True)),
                ('texts', models.JSONField(default=dict)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='channels.channel')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='conversations.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('channel', 'topic'), name='acknowledgement_once', nulls_distinct=False)],
            },
        ),
    ]
