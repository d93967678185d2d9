import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0003_structure"),
        ("staff", "0001_initial"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verbs",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("via", models.TextField(default="")),
                ("change", models.JSONField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("undoing", "Undoing"),
                            ("undone", "Undone"),
                        ],
                        default="queued",
                    ),
                ),
                ("total", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("changed", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("refused", "Refused"),
                            ("undone", "Undone"),
                            ("kept", "Kept"),
                        ],
                        default="waiting",
                    ),
                ),
                ("code", models.TextField(default="")),
                ("reason", models.TextField(default="")),
                ("before", models.JSONField(null=True)),
                ("version", models.IntegerField(null=True)),
                ("message_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.SmallIntegerField()),
                ("text", models.TextField()),
                ("is_required", models.BooleanField(default=False)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ChecklistTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("items", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="TeamRule",
            fields=[
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to="staff.team"
                    ),
                ),
                ("only_assignee_sends", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Transcript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_notes", models.BooleanField(default=False)),
                ("with_files", models.BooleanField(default=False)),
                ("send_to", models.JSONField(default=list)),
                ("state", models.TextField(default="queued")),
                ("words", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Undo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("before", models.JSONField()),
                ("version", models.IntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="conversation",
            name="mentioned_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="open_duties",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["mentioned_ids"], name="case_mentioned"
            ),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="agent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="bulk",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="conversations.bulkchange"
            ),
        ),
        migrations.AddField(
            model_name="checklistitem",
            name="conversation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.conversation"),
        ),
        migrations.AddField(
            model_name="checklistitem",
            name="done_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="checklisttemplate",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="checklist_name_once"
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="agent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="mention",
            name="message",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.message"),
        ),
        migrations.AddField(
            model_name="transcript",
            name="agent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="transcript",
            name="conversation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.conversation"),
        ),
        migrations.AddField(
            model_name="transcript",
            name="file",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="files.file"),
        ),
        migrations.AddField(
            model_name="undo",
            name="agent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="undo",
            name="conversation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="conversations.conversation"),
        ),
        migrations.AddField(
            model_name="undo",
            name="note",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="conversations.message"),
        ),
        migrations.AddIndex(
            model_name="bulkchange",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running", "undoing"])), fields=["due_at"], name="bulk_due"
            ),
        ),
        migrations.AddIndex(
            model_name="bulkchange",
            index=models.Index(fields=["agent", "-id"], name="bulk_of_agent"),
        ),
        migrations.AddIndex(
            model_name="bulkitem",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["bulk", "number"], name="bulk_item_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("bulk", "number"), name="bulk_item_once"),
        ),
        migrations.AddIndex(
            model_name="checklistitem",
            index=models.Index(fields=["conversation", "position"], name="checklist_of_case"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("message", "agent"), name="mention_once"),
        ),
        migrations.AddIndex(
            model_name="transcript",
            index=models.Index(condition=models.Q(("state", "queued")), fields=["due_at"], name="transcript_due"),
        ),
        migrations.AddIndex(
            model_name="undo",
            index=models.Index(fields=["due_at"], name="undo_due"),
        ),
        migrations.AddConstraint(
            model_name="undo",
            constraint=models.UniqueConstraint(fields=("conversation", "agent"), name="undo_once"),
        ),
    ]
