import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conversations', '0011_screen'),
        ('staff', '0005_screen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('agent', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('chosen', models.JSONField(default=dict)),
                ('undisturbed_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(unique=True)),
                ('sealed', models.BinaryField()),
                ('name', models.TextField(default='')),
                ('signed_by', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('happenings', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('messages', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('count', models.IntegerField(default=1)),
                ('is_shown', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
                ('newest_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation')),
            ],
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
                ('left_at', models.DateTimeField(null=True)),
                ('error', models.TextField(default='')),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notifications.device')),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notifications.notification')),
            ],
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agent', 'conversation'), name='mute_once')],
            },
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['agent', 'newest_at', 'id'], name='notification_newest'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['newest_at'], name='notification_old'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(condition=models.Q(('seen_at__isnull', True)), fields=('agent', 'conversation', 'kind'), name='notification_joins'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='parcel_due'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.UniqueConstraint(fields=('notification', 'device'), name='parcel_once', nulls_distinct=False),
        ),
    ]
