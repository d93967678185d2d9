import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0003_answers'),
        ('company', '0005_sites'),
        ('files', '0002_remote_content'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField(db_collation='C')),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'at'], name='sending_of_source')],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField(db_collation='C', unique=True)),
                ('slug', models.TextField(db_collation='C', default='')),
                ('name', models.TextField()),
                ('content', models.JSONField()),
                ('origins', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('is_open', models.BooleanField(default=True)),
                ('version', models.IntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='company.brand')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='channels.channel')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('slug', ''), _negated=True), fields=('slug',), name='form_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='HeldFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submission', models.TextField(db_collation='C')),
                ('field', models.TextField()),
                ('name', models.TextField()),
                ('media_type', models.TextField()),
                ('size', models.BigIntegerField()),
                ('held_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='files.file')),
            ],
            options={
                'indexes': [models.Index(fields=['submission', 'id'], name='held_of_submission')],
            },
        ),
    ]
