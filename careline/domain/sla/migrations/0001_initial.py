"""Policies, clocks and the ledger; whatever was to be answered before there were clocks gets the clock of the default policy."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# The database removes clocks and ledger with their case, whoever removes it.
_WITH_THE_CASE = """
ALTER TABLE sla_clock ADD CONSTRAINT sla_clock_of_case FOREIGN KEY (conversation_id)
    REFERENCES conversations_conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE sla_entry ADD CONSTRAINT sla_entry_of_case FOREIGN KEY (conversation_id)
    REFERENCES conversations_conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
_ANSWERS_DUE = """
WITH due AS (
    UPDATE conversations_conversation SET due_kind = CASE WHEN first_responded_at IS NULL THEN 'first_response' ELSE 'next_response' END
    WHERE due_kind = 'answer' AND next_due_at IS NOT NULL AND waiting_since IS NOT NULL AND merged_into_id IS NULL AND category = 'open'
    RETURNING id, due_kind, waiting_since)
INSERT INTO sla_clock (conversation_id, kind, seconds, is_business, warn_percent, is_fallback, started_at, ran, running_since, due_at,
    warn_at, alarm_at)
SELECT id, due_kind, 86400, false, 80, false, waiting_since, '{}', waiting_since, waiting_since + interval '24 hours',
    waiting_since + interval '69120 seconds', waiting_since + interval '69120 seconds' FROM due;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calendars', '0002_feeds'),
        ('conversations', '0008_promises'),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('position', models.IntegerField(default=0)),
                ('is_default', models.BooleanField(default=False)),
                ('conditions', models.JSONField(default=dict)),
                ('targets', models.JSONField(default=dict)),
                ('warn_percent', models.SmallIntegerField(default=80)),
                ('created_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('calendar', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='calendars.calendar')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('name', models.TextField()),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('left_seconds', models.IntegerField(null=True)),
                ('reason', models.TextField(default='')),
                ('actor_kind', models.TextField()),
                ('actor_id', models.BigIntegerField(default=0)),
                ('conversation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='conversations.conversation')),
                ('policy', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='sla.policy')),
            ],
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('seconds', models.IntegerField()),
                ('is_business', models.BooleanField(default=False)),
                ('calendar_key', models.BigIntegerField(null=True)),
                ('warn_percent', models.SmallIntegerField(default=80)),
                ('is_fallback', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField()),
                ('ran', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), default=list, size=None)),
                ('running_since', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('warn_at', models.DateTimeField(null=True)),
                ('alarm_at', models.DateTimeField(null=True)),
                ('warned_at', models.DateTimeField(null=True)),
                ('broken_at', models.DateTimeField(null=True)),
                ('met_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('left_seconds', models.IntegerField(null=True)),
                ('conversation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='conversations.conversation')),
                ('policy', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='sla.policy')),
            ],
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('after', models.BigIntegerField(default=0)),
                ('cases', models.IntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('customer_id', models.BigIntegerField(null=True)),
                ('organisation_id', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='recount_due')],
            },
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='one_default_promise'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['conversation', 'id'], name='ledger_of_case'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(fields=['conversation', 'kind', 'id'], name='clock_of_case'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('alarm_at__isnull', False)), fields=['alarm_at', 'id'], name='clock_alarm'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('met_at__isnull', True)), fields=('conversation', 'kind'), name='one_clock_of_a_kind'),
        ),
        migrations.RunSQL(_WITH_THE_CASE, migrations.RunSQL.noop),
        migrations.RunSQL(_ANSWERS_DUE, migrations.RunSQL.noop),
        # The rows' foreign keys are looked at now: PostgreSQL alters no table with checks still to come.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
    ]
