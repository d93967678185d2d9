from django.db import migrations, models

_WITH_THE_CASE = """
ALTER TABLE sla_silence ADD CONSTRAINT sla_silence_of_case FOREIGN KEY (conversation_id)
    REFERENCES conversations_conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0003_structure'),
        ('sla', '0002_acknowledgements'),
    ]

    operations = [
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('conversation_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(_WITH_THE_CASE, migrations.RunSQL.noop),
    ]
