import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calendars', '0001_initial'),
        ('channels', '0001_initial'),
        ('company', '0001_initial'),
        ('conversations', '0009_routing'),
        ('staff', '0004_skills'),
    ]

    operations = [
        migrations.CreateModel(
            name='Queue',
            fields=[
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='staff.team')),
                ('mode', models.TextField(choices=[('pull', 'Pull'), ('push', 'Push')], default='pull')),
                ('strategy', models.TextField(choices=[('round_robin', 'Round Robin'), ('least_loaded', 'Least Loaded'), ('longest_idle', 'Longest Idle')], default='least_loaded')),
                ('accept_seconds', models.IntegerField(default=0)),
                ('when_missed', models.TextField(choices=[('next', 'Next'), ('queue', 'Queue')], default='next')),
                ('sticky_days', models.SmallIntegerField(default=0)),
                ('sticky_minutes', models.IntegerField(default=0)),
                ('lower_after_minutes', models.IntegerField(null=True)),
                ('drop_after_minutes', models.IntegerField(null=True)),
                ('most_each', models.SmallIntegerField(null=True)),
                ('calendar', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='calendars.calendar')),
                ('turns', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Weight',
            fields=[
                ('kind', models.TextField(primary_key=True, serialize=False)),
                ('units', models.SmallIntegerField(null=True)),
                ('waiting_units', models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.skill')),
                ('level', models.SmallIntegerField(default=1)),
                ('is_mandatory', models.BooleanField(default=False)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='conversations.topic')),
                ('language', models.TextField(default='')),
                ('channel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='channels.channel')),
                ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='company.brand')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
            ],
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.skill')),
                ('level', models.SmallIntegerField(default=1)),
                ('is_mandatory', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('conversation', 'skill'), name='need_once')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='conversations.conversation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
                ('since', models.DateTimeField()),
                ('missed_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('returned_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('is_held', models.BooleanField(default=False)),
                ('due_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='place_due')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('number', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('team', 'agent'), name='turn_once')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
                ('conversation_id', models.BigIntegerField(null=True)),
                ('agent_id', models.BigIntegerField(null=True)),
                ('marked_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('calendar', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='calendars.calendar')),
                ('due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
                ('offered_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('reclaimed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['due_at'], name='offer_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('conversation',), name='one_offer_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
                ('why', models.TextField()),
                ('waited_seconds', models.IntegerField(default=0)),
                ('stage', models.SmallIntegerField(default=0)),
                ('candidates', models.IntegerField(default=0)),
                ('excluded', models.JSONField(default=dict)),
                ('needs', models.JSONField(default=list)),
            ],
            options={
                'indexes': [models.Index(fields=['conversation', '-id'], name='decision_of_case')],
            },
        ),
    ]
