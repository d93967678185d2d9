import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from careline.domain.customers.migrations._backfill import fill


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0001_initial'),
        ('files', '0001_initial'),
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.TextField()),
                ('given_at', models.DateTimeField()),
                ('given_how', models.TextField(default='')),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_how', models.TextField(default='')),
            ],
        ),
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField(choices=[('customer', 'Customer'), ('organisation', 'Organisation')])),
                ('code', models.TextField()),
                ('name', models.TextField()),
                ('kind', models.TextField()),
                ('choices', models.JSONField(default=list)),
                ('is_required', models.BooleanField(default=False)),
                ('is_listed', models.BooleanField(default=False)),
                ('position', models.SmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('format', models.TextField()),
                ('encoding', models.TextField(default='')),
                ('delimiter', models.TextField(default='')),
                ('headings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('mapping', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('is_updating', models.BooleanField(default=True)),
                ('state', models.TextField(choices=[('uploaded', 'Uploaded'), ('reading', 'Reading'), ('checking', 'Checking'), ('checked', 'Checked'), ('running', 'Running'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('failed', 'Failed'), ('undoing', 'Undoing'), ('undone', 'Undone')], default='uploaded')),
                ('total', models.IntegerField(default=0)),
                ('position', models.IntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('error', models.TextField(default='')),
                ('created_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('outcome', models.TextField(default='')),
                ('reason', models.TextField(default='')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('is_done', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.TextField()),
                ('by_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('addresses', models.JSONField(default=list)),
                ('note_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('consent_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('case_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('participant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('edited_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='NotSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='address',
            name='likeness',
            field=models.TextField(db_collation='C', db_default='', default=''),
        ),
        migrations.AddField(
            model_name='address',
            name='verified_how',
            field=models.TextField(db_default='', default=''),
        ),
        migrations.AddField(
            model_name='customer',
            name='do_not_contact',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='customer',
            name='preferred_channel',
            field=models.TextField(db_default='', default=''),
        ),
        migrations.AddField(
            model_name='customer',
            name='sort_name',
            field=models.TextField(db_collation='C', db_default='', default=''),
        ),
        migrations.AddField(
            model_name='customer',
            name='time_zone',
            field=models.TextField(db_default='', default=''),
        ),
        migrations.AddField(
            model_name='customer',
            name='vector',
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='fields',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='organisation',
            name='sort_name',
            field=models.TextField(db_collation='C', db_default='', default=''),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['value'], name='address_by_value'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(condition=models.Q(('likeness', ''), _negated=True), fields=['likeness'], name='address_by_likeness'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['sort_name', 'id'], name='customer_by_name'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['organisation', 'sort_name', 'id'], name='customer_of_organisation'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(condition=models.Q(('language', ''), _negated=True), fields=['language', 'id'], name='customer_by_language'),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['fields'], name='customer_fields', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='customer',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['vector'], name='customer_words'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['sort_name', 'id'], name='organisation_by_name'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['domains'], name='organisation_domains', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddField(
            model_name='consent',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='consent',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='field',
            constraint=models.UniqueConstraint(fields=('subject', 'code'), name='field_once'),
        ),
        migrations.AddField(
            model_name='import',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='import',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='files.file'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='customer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='customers.customer'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='owner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='customers.import'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='merge',
            name='survivor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='note',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='note',
            name='customer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='notsame',
            name='first',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer'),
        ),
        migrations.AddField(
            model_name='notsame',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['purpose', 'customer'], name='consent_for'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('customer', 'purpose'), name='consent_once'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='import_due'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['-created_at', '-id'], name='import_newest'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['owner', 'outcome', 'number'], name='import_row_outcome'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('owner', 'number'), name='import_row_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged',), name='merged_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('merged')), _negated=True), name='merged_with_another'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['customer', '-created_at', '-id'], name='note_of_customer'),
        ),
        migrations.AddConstraint(
            model_name='notsame',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='not_same_once'),
        ),
        migrations.AddConstraint(
            model_name='notsame',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='not_same_in_order'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
