import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_initial"),
        ("staff", "0003_reopen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("language", "Language"),
                            ("product", "Product"),
                            ("channel", "Channel"),
                            ("technical", "Technical"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="skill_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgentSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="skills", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="staff.skill")),
                ("level", models.SmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agent", "skill"), name="agent_skill_once"),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="agent_skill_level"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "agent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="attendance",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[("available", "Available"), ("busy", "Busy"), ("away", "Away")],
                        db_default="away",
                        default="away",
                    ),
                ),
                ("reason", models.TextField(db_default="", default="")),
                ("since", models.DateTimeField(null=True)),
                ("units", models.SmallIntegerField(db_default=10, default=10)),
                (
                    "calendar",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="calendars.calendar"),
                ),
                ("insists_until", models.DateTimeField(null=True)),
                ("latest_given_at", models.DateTimeField(null=True)),
                ("misses", models.SmallIntegerField(db_default=0, default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("units__range", (0, 1000))), name="units_of_a_person")
                ],
            },
        ),
    ]
