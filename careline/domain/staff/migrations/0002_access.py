import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0001_initial"), ("history", "0003_seal"), ("staff", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('told_begin', models.BooleanField(default=False)),
                ('told_end', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='ExtraRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('totp', 'Totp'), ('passkey', 'Passkey')])),
                ('name', models.TextField(default='')),
                ('secret', models.BinaryField(null=True)),
                ('last_step', models.BigIntegerField(default=0)),
                ('credential_id', models.BinaryField(null=True, unique=True)),
                ('credential', models.BinaryField(null=True)),
                ('sign_count', models.BigIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='HouseLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('words', models.BinaryField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('tries', models.SmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.TextField(default='')),
            ],
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='IdentityProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('name', models.TextField()),
                ('issuer', models.TextField()),
                ('client_id', models.TextField()),
                ('secret', models.BinaryField()),
                ('domains', models.JSONField(default=list)),
                ('is_private', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.TextField()),
                ('device', models.TextField(default='')),
                ('place', models.TextField(default='')),
                ('started_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='apitoken',
            name='last_used_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='grant',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='staff.team'),
        ),
        migrations.AddField(
            model_name='role',
            name='is_changed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='role',
            name='needs_second_factor',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='signinlink',
            name='purpose',
            field=models.TextField(default='entry'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['own', 'team', 'all'])), name='grant_scope_known'),
        ),
        migrations.AddField(
            model_name='deputy',
            name='absent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deputies', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deputy',
            name='deputy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands_in', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extrarole',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extra_roles', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extrarole',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extra_agents', to='staff.role'),
        ),
        migrations.AddField(
            model_name='factor',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factors', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='houseletter',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='identity',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='role',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='staff.role'),
        ),
        migrations.AddField(
            model_name='identity',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='staff.identityprovider'),
        ),
        migrations.AddField(
            model_name='recoverycode',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='session',
            name='agent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='deputy',
            index=models.Index(fields=['told_end', 'ends_at'], name='deputy_due'),
        ),
        migrations.AddConstraint(
            model_name='deputy',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='deputy_for_a_while'),
        ),
        migrations.AddConstraint(
            model_name='deputy',
            constraint=models.CheckConstraint(condition=models.Q(('absent', models.F('deputy')), _negated=True), name='deputy_of_another'),
        ),
        migrations.AddConstraint(
            model_name='extrarole',
            constraint=models.UniqueConstraint(fields=('agent', 'role'), name='extra_role_once'),
        ),
        migrations.AddConstraint(
            model_name='factor',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'totp')), fields=('agent',), name='one_totp_each'),
        ),
        migrations.AddIndex(
            model_name='houseletter',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='house_letter_due'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('provider', 'subject'), name='identity_once'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('provider', 'agent'), name='identity_one_each'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['agent', '-last_seen_at'], name='session_of_agent'),
        ),
        migrations.RunSQL(
            """CREATE INDEX history_of_house ON history (at, id)
               WHERE subject_kind IN ('agent', 'role', 'team', 'provider')""",
            "DROP INDEX history_of_house",
        ),
    ]
