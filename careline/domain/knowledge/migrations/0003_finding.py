import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0002_articles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleIndex",
            fields=[
                ("text_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("article_id", models.BigIntegerField()),
                ("language", models.TextField()),
                ("version_id", models.BigIntegerField(null=True)),
                ("rules", models.SmallIntegerField(default=0)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArticleWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_id", models.BigIntegerField()),
                ("language", models.TextField()),
                ("term", models.TextField(db_collation="C")),
                ("weight", models.FloatField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["language", "term"], include=("text_id", "weight"), name="article_word_of_term"
                    ),
                    models.Index(fields=["text_id"], name="article_word_of_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.TextField()),
                ("word", models.TextField(db_collation="C")),
                ("term", models.TextField(db_collation="C")),
                ("count", models.IntegerField(default=0)),
                (
                    "near",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(db_collation="C"), default=list, size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["near"], name="finding_word_near"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("language", "word"), name="finding_word_once")],
            },
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.TextField(null=True, unique=True)),
                ("visitor", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("brand_id", models.BigIntegerField()),
                ("language", models.TextField()),
                ("place", models.TextField()),
                ("words", models.TextField()),
                ("key", models.TextField()),
                ("results", models.IntegerField()),
                ("cover", models.FloatField()),
                (
                    "opened",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("outcome", models.TextField(default="")),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="search_newest"),
                    models.Index(fields=["key", "-at"], name="search_by_key"),
                    models.Index(fields=["visitor", "-at"], name="search_of_visitor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleInCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conversation_id", models.BigIntegerField()),
                ("how", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("conversation_id", "article", "how"), name="article_in_case_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticlePhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.TextField()),
                ("words", models.TextField()),
                ("added_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("article", "language", "words"), name="article_phrase_once")
                ],
            },
        ),
    ]
