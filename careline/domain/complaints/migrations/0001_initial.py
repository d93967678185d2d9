import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calendars', '0003_subscriptions'),
        ('company', '0005_sites'),
        ('files', '0002_remote_content'),
        ('orders', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('outcome', models.TextField(default='')),
                ('name', models.TextField()),
                ('texts', models.JSONField(default=dict)),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('position', models.SmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='complaint_category_once')],
            },
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('position', models.SmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.cause')),
            ],
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation_id', models.BigIntegerField(null=True)),
                ('customer_id', models.BigIntegerField(null=True)),
                ('state', models.TextField(choices=[('recorded', 'Recorded'), ('acknowledged', 'Acknowledged'), ('answered', 'Answered'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn')], default='recorded')),
                ('severity', models.TextField(default='medium')),
                ('complainant', models.TextField(default='customer')),
                ('country', models.CharField(default='', max_length=2)),
                ('text', models.TextField(default='')),
                ('wish', models.TextField(default='')),
                ('received_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('outcome', models.TextField(default='')),
                ('reasons', models.TextField(default='')),
                ('remedies', models.JSONField(default=list)),
                ('decided_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('referred_to', models.TextField(default='')),
                ('referred_on', models.DateField(null=True)),
                ('reference', models.TextField(default='')),
                ('referral_outcome', models.TextField(default='')),
                ('referral_ended_on', models.DateField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('is_satisfied', models.BooleanField(null=True)),
                ('view', models.TextField(default='')),
                ('reopened', models.SmallIntegerField(default=0)),
                ('next_due_at', models.DateTimeField(null=True)),
                ('due_kind', models.TextField(default='')),
                ('is_broken', models.BooleanField(default=False)),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='company.brand')),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.category')),
                ('cause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.cause')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orders.product')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('due_at', models.DateTimeField()),
                ('warn_at', models.DateTimeField(null=True)),
                ('rings_at', models.DateTimeField(null=True)),
                ('warned_at', models.DateTimeField(null=True)),
                ('met_at', models.DateTimeField(null=True)),
                ('broken_at', models.DateTimeField(null=True)),
                ('first_due_at', models.DateTimeField()),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='complaints.complaint')),
            ],
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('due_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('check_after', models.SmallIntegerField(default=30)),
                ('done_at', models.DateTimeField(null=True)),
                ('result', models.TextField(default='')),
                ('check_due_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('is_effective', models.BooleanField(null=True)),
                ('finding', models.TextField(default='')),
                ('rings_at', models.DateTimeField(null=True)),
                ('broken_at', models.DateTimeField(null=True)),
                ('cause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='complaints.cause')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='complaints.complaint')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.TextField()),
                ('words', models.TextField(default='')),
                ('data', models.JSONField(default=dict)),
                ('language', models.TextField(default='')),
                ('message_id', models.BigIntegerField(null=True)),
                ('by_agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='complaints.complaint')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
            ],
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField()),
                ('name', models.TextField()),
                ('country', models.CharField(default='', max_length=2)),
                ('terms', models.JSONField(default=dict)),
                ('extension', models.JSONField(default=dict)),
                ('body', models.TextField(default='')),
                ('is_off', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('valid_from', models.DateTimeField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='company.brand')),
                ('calendar', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='calendars.calendar')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='orders.product')),
            ],
        ),
        migrations.AddField(
            model_name='complaint',
            name='rules',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.ruleset'),
        ),
        migrations.AddConstraint(
            model_name='cause',
            constraint=models.UniqueConstraint(models.F('parent'), django.db.models.functions.text.Lower('name'), name='complaint_cause_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('rings_at__isnull', False)), fields=['rings_at'], name='complaint_clock_rings'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.UniqueConstraint(fields=('complaint', 'kind'), name='complaint_clock_once'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['complaint', 'id'], name='correction_of_complaint'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('rings_at__isnull', False)), fields=['rings_at'], name='correction_rings'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['complaint', 'id'], name='complaint_record'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('message_id__isnull', False)), fields=['message_id'], name='complaint_letter_by_message'),
        ),
        migrations.AddIndex(
            model_name='ruleset',
            index=models.Index(fields=['code', '-valid_from', '-id'], name='complaint_rules_in_force'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['conversation_id', '-id'], name='complaint_on_case'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['customer_id', '-id'], name='complaint_of_customer'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['state', '-id'], name='complaint_by_state'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['cause', '-id'], name='complaint_by_cause'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['received_at'], name='complaint_by_time'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(condition=models.Q(('next_due_at__isnull', False)), fields=['next_due_at'], name='complaint_by_due'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(condition=models.Q(('conversation_id__isnull', False), ('state__in', ['recorded', 'acknowledged', 'answered'])), fields=('conversation_id',), name='complaint_once_on_case'),
        ),
    ]
