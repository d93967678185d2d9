import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('staff', '0005_screen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('agent_id', models.BigIntegerField()),
                ('action', models.TextField()),
                ('facts', models.JSONField()),
                ('outcome', models.TextField()),
                ('code', models.TextField()),
                ('rule', models.TextField(default='')),
                ('policy_id', models.BigIntegerField(null=True)),
                ('exceeded', models.TextField(default='')),
                ('conversation_id', models.BigIntegerField(null=True)),
                ('customer_id', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-at', '-id'], name='decision_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=3)),
                ('target', models.CharField(max_length=3)),
                ('on', models.DateField()),
                ('rate', models.DecimalField(decimal_places=8, max_digits=18)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'target', 'on'), name='rate_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.TextField()),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('approved', 'Approved'), ('denied', 'Denied'), ('withdrawn', 'Withdrawn'), ('failed', 'Failed')], default='waiting')),
                ('subject_kind', models.TextField()),
                ('subject_key', models.BigIntegerField()),
                ('conversation_id', models.BigIntegerField(null=True)),
                ('customer_id', models.BigIntegerField(null=True)),
                ('asked_kind', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('amount', models.BigIntegerField(null=True)),
                ('currency', models.CharField(default='', max_length=3)),
                ('facts', models.JSONField()),
                ('params', models.JSONField(default=dict)),
                ('digest', models.CharField(max_length=64)),
                ('words', models.TextField(default='')),
                ('code', models.TextField()),
                ('rule', models.TextField(default='')),
                ('policy_id', models.BigIntegerField(null=True)),
                ('needs', models.JSONField(default=dict)),
                ('tells', models.JSONField(default=dict)),
                ('hours', models.SmallIntegerField()),
                ('due_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_amount', models.BigIntegerField(null=True)),
                ('answer', models.TextField(default='')),
                ('carried', models.JSONField(null=True)),
                ('failure', models.TextField(default='')),
                ('told_id', models.BigIntegerField(null=True)),
                ('untold', models.TextField(default='')),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.TextField()),
                ('by_agent_id', models.BigIntegerField(null=True)),
                ('to_agent_id', models.BigIntegerField(null=True)),
                ('amount', models.BigIntegerField(null=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='approvals.request')),
            ],
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('agent_id', models.BigIntegerField()),
                ('action', models.TextField()),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('conversation_id', models.BigIntegerField(null=True)),
                ('customer_id', models.BigIntegerField(null=True)),
                ('reversed_at', models.DateTimeField(null=True)),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='approvals.request')),
            ],
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.SmallIntegerField(default=1)),
                ('action', models.TextField(default='*')),
                ('per', models.TextField(choices=[('action', 'Action'), ('case', 'Case'), ('customer', 'Customer'), ('day', 'Day')], default='action')),
                ('amount', models.BigIntegerField(null=True)),
                ('currency', models.CharField(default='', max_length=3)),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('role', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='staff.role')),
                ('skill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='staff.skill')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agent__isnull', True), ('role__isnull', False), ('skill__isnull', True)), models.Q(('agent__isnull', True), ('role__isnull', True), ('skill__isnull', False)), models.Q(('agent__isnull', False), ('role__isnull', True), ('skill__isnull', True)), _connector='OR'), name='limit_of_one_holder'), models.UniqueConstraint(fields=('role', 'skill', 'level', 'agent', 'action', 'per'), name='limit_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules', models.JSONField(default=list)),
                ('note', models.TextField(default='')),
                ('written_at', models.DateTimeField()),
                ('valid_from', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-valid_from', '-id'], name='policy_in_force')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_from__isnull', True)), fields=('valid_from',), name='one_draft', nulls_distinct=False)],
            },
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='request_due'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['conversation_id', '-id'], name='request_on_case'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['approver', 'state', '-id'], name='request_for_approver'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['asked_by', '-id'], name='request_of_asker'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['state', '-id'], name='request_by_state'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('digest',), name='asked_once'),
        ),
        migrations.AddIndex(
            model_name='use',
            index=models.Index(fields=['agent_id', 'action', 'at'], name='use_of_agent'),
        ),
        migrations.AddIndex(
            model_name='use',
            index=models.Index(fields=['conversation_id', 'action'], name='use_on_case'),
        ),
        migrations.AddIndex(
            model_name='use',
            index=models.Index(fields=['customer_id', 'action', 'at'], name='use_for_customer'),
        ),
    ]
