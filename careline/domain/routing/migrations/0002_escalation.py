import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0009_routing'),
        ('routing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('late_minutes', models.IntegerField(null=True)),
                ('reopenings', models.SmallIntegerField(null=True)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='conversations.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.SmallIntegerField()),
                ('name', models.TextField()),
                ('kind', models.TextField(choices=[('role', 'Role'), ('team', 'Team'), ('superior', 'Superior')])),
                ('role', models.TextField(default='')),
                ('minutes', models.IntegerField(null=True)),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rungs', to='routing.ladder')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='staff.team')),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='conversations.conversation')),
                ('level', models.SmallIntegerField(default=0)),
                ('name', models.TextField(default='')),
                ('raised_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('why_due', models.TextField(choices=[('late', 'Late'), ('unanswered', 'Unanswered'), ('nobody', 'Nobody')], default='')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('from_level', models.SmallIntegerField(default=0)),
                ('level', models.SmallIntegerField(default=0)),
                ('name', models.TextField(default='')),
                ('note_id', models.BigIntegerField(null=True)),
                ('passed', models.JSONField(default=list)),
                ('before', models.JSONField(default=dict)),
                ('version', models.IntegerField(default=0)),
                ('undone_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='staff.team')),
            ],
            options={
                'indexes': [models.Index(fields=['conversation', '-id'], name='escalation_of_case')],
            },
        ),
        migrations.AddConstraint(
            model_name='ladder',
            constraint=models.UniqueConstraint(fields=('topic',), name='ladder_of_a_topic_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rung',
            constraint=models.UniqueConstraint(fields=('ladder', 'position'), name='rung_once'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='standing_due'),
        ),
    ]
