from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_AS_REFUNDS = """
INSERT INTO approvals_limit (role_id, skill_id, level, agent_id, action, per, amount, currency, percent)
SELECT l.role_id, l.skill_id, l.level, l.agent_id, a.action, l.per, l.amount, l.currency, l.percent
FROM approvals_limit l, unnest(ARRAY['cancellation', 'change', 'replacement', 'repair']) AS a (action) WHERE l.action = 'refund'
ON CONFLICT DO NOTHING
"""
"""These asked for no authority before: whoever may refund so much may do as much of them."""


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_initial"),
        ("calendars", "0003_subscriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunSQL(_AS_REFUNDS, migrations.RunSQL.noop),
        migrations.AddField(
            "limit",
            "author",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("policy", "authors", models.JSONField(default=dict)),
        migrations.AddField(
            "policy",
            "switched_on_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            "Deadline",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "calendar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="calendars.calendar",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "Simulation",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("rules", models.JSONField(default=list)),
                ("total", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("before", models.BigIntegerField(null=True)),
                ("found", models.JSONField(default=dict)),
                ("due_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="approvals.policy"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(due_at__isnull=False),
                        fields=["due_at"],
                        name="simulation_due",
                    )
                ],
            },
        ),
    ]
