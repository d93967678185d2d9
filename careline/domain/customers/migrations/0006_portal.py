import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("company", "0004_brands"), ("customers", "0005_segments")]

    operations = [
        migrations.CreateModel(
            name="Login",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("password", models.TextField()),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Portal",
            fields=[
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="company.brand",
                    ),
                ),
                ("who", models.TextField(default="known")),
                ("has_logins", models.BooleanField(default=True)),
                ("has_company_view", models.BooleanField(default=True)),
                ("links_in_mails", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField("customer", "sees_company", models.BooleanField(db_default=False, default=False)),
        migrations.CreateModel(
            name="EntryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.TextField(db_collation="C")),
                ("language", models.TextField(default="")),
                ("wanted", models.TextField(default="")),
                ("browser", models.CharField(max_length=64)),
                ("digest", models.CharField(default="", max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("error", models.TextField(default="")),
                ("brand", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="company.brand")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="entry_link_due"
                    ),
                    models.Index(fields=["value", "asked_at"], name="entry_link_to"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True), fields=("digest",), name="entry_link_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conversation_id", models.BigIntegerField()),
                ("resolved_at", models.DateTimeField()),
                ("score", models.SmallIntegerField()),
                ("comment", models.TextField(default="")),
                ("rated_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("conversation_id", "resolved_at"), name="rated_once"),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)), name="rating_of_five"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("value", models.TextField(db_collation="C")),
                ("how", models.TextField()),
                ("device", models.TextField(default="")),
                ("started_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["last_seen_at"], name="customer_session_seen")]},
        ),
    ]
