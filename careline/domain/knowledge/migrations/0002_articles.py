import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):

    dependencies = [
        ('company', '0005_sites'),
        ('files', '0002_remote_content'),
        ('knowledge', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(default='article')),
                ('audience', models.TextField(default='public')),
                ('product', models.TextField(default='')),
                ('review_by', models.DateField(null=True)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(null=True)),
                ('brand', models.ForeignKey(on_delete=deletion.PROTECT, to='company.brand')),
                ('owner', models.ForeignKey(null=True, on_delete=deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ArticlePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.TextField(unique=True)),
                ('name', models.TextField()),
                ('media_type', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=deletion.CASCADE, related_name='+', to='knowledge.article')),
                ('file', models.ForeignKey(on_delete=deletion.PROTECT, related_name='+', to='files.file')),
            ],
        ),
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.TextField()),
                ('number', models.IntegerField()),
                ('state', models.TextField(default='draft')),
                ('slug', models.TextField()),
                ('title', models.TextField()),
                ('summary', models.TextField(default='')),
                ('html', models.TextField(default='')),
                ('text', models.TextField(default='')),
                ('revision', models.IntegerField(default=1)),
                ('writers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('remark', models.TextField(default='')),
                ('due_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article', models.ForeignKey(on_delete=deletion.CASCADE, related_name='+', to='knowledge.article')),
            ],
        ),
        migrations.CreateModel(
            name='ArticleText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.TextField()),
                ('kind', models.TextField()),
                ('language', models.TextField()),
                ('slug', models.TextField()),
                ('title', models.TextField()),
                ('summary', models.TextField()),
                ('html', models.TextField()),
                ('text', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=deletion.CASCADE, related_name='+', to='knowledge.article')),
                ('brand', models.ForeignKey(on_delete=deletion.PROTECT, related_name='+', to='company.brand')),
                ('version', models.OneToOneField(on_delete=deletion.CASCADE, related_name='+', to='knowledge.articleversion')),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.SmallIntegerField(default=0)),
                ('slug', models.TextField()),
                ('names', models.JSONField(default=dict)),
                ('brand', models.ForeignKey(on_delete=deletion.PROTECT, to='company.brand')),
                ('parent', models.ForeignKey(null=True, on_delete=deletion.PROTECT, related_name='+', to='knowledge.category')),
            ],
        ),
        migrations.AddField(
            model_name='article',
            name='category',
            field=models.ForeignKey(null=True, on_delete=deletion.SET_NULL, related_name='+', to='knowledge.category'),
        ),
        migrations.CreateModel(
            name='ArticleOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.TextField()),
                ('version', models.IntegerField()),
                ('reader', models.TextField()),
                ('is_helpful', models.BooleanField()),
                ('reason', models.TextField(default='')),
                ('comment', models.TextField(default='')),
                ('given_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('article', models.ForeignKey(on_delete=deletion.CASCADE, related_name='+', to='knowledge.article')),
                ('settled_by', models.ForeignKey(null=True, on_delete=deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_helpful', False), ('settled_at', None)), fields=['-given_at', '-id'], name='opinion_to_settle')],
                'constraints': [models.UniqueConstraint(fields=('article', 'reader'), name='one_opinion_of_a_reader')],
            },
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=models.Index(condition=models.Q(('state', 'scheduled')), fields=['due_at'], name='article_version_due'),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=models.Index(fields=['language', 'slug'], name='article_version_slug'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'language', 'number'), name='article_version_once'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'review', 'approved', 'scheduled'))), fields=('article', 'language'), name='one_open_version'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('article', 'language'), name='one_published_version'),
        ),
        migrations.AddConstraint(
            model_name='articletext',
            constraint=models.UniqueConstraint(fields=('article', 'language'), name='article_text_once'),
        ),
        migrations.AddConstraint(
            model_name='articletext',
            constraint=models.UniqueConstraint(fields=('brand', 'language', 'slug'), name='article_address_once'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('brand', 'slug'), name='category_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='category_is_not_its_own'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ('public', 'staff'))), name='article_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'policy'), _negated=True), ('audience', 'staff'), _connector='OR'), name='policies_are_for_staff'),
        ),
    ]
