from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_subscriptions")]
    operations = [
        migrations.CreateModel(
            name="OutsideShop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("code", models.TextField(db_collation="C", unique=True)),
                ("url", models.TextField()),
                ("token", models.TextField(db_collation="C", default="")),
                ("secrets", models.BinaryField(default=b"")),
                ("trusts_mail", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("cursor", models.TextField(default="")),
                ("tries", models.SmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("sentence", models.TextField(default="")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True),
                        fields=("token",),
                        name="outside_shop_token_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShopAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.TextField(db_collation="C")),
                ("key", models.TextField(db_collation="C", unique=True)),
                ("amount", models.BigIntegerField()),
                ("currency", models.TextField()),
                ("lines", models.JSONField(default=list)),
                (
                    "state",
                    models.TextField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")], default="waiting"
                    ),
                ),
                ("tries", models.SmallIntegerField(default=0)),
                ("external_id", models.TextField(db_collation="C", default="")),
                ("sentence", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shop_act", to="orders.payment"
                    ),
                ),
                ("shop", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="orders.outsideshop")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="shop_act_due")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShopEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.TextField(db_collation="C")),
                ("topic", models.TextField()),
                ("subject", models.TextField(db_collation="C", default="")),
                (
                    "state",
                    models.TextField(
                        choices=[("new", "New"), ("done", "Done"), ("ignored", "Ignored"), ("failed", "Failed")],
                        default="new",
                    ),
                ),
                ("tries", models.SmallIntegerField(default=0)),
                ("sentence", models.TextField(default="")),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="orders.outsideshop"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="shop_event_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "external_id"), name="shop_event_once")],
            },
        ),
        migrations.CreateModel(
            name="ShopOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.TextField(db_collation="C")),
                ("buyer", models.TextField(db_collation="C", default="")),
                ("lines", models.JSONField(default=dict)),
                ("parcels", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField()),
                ("digest", models.TextField(db_collation="C")),
                ("sentence", models.TextField(default="")),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kept_in", to="orders.order"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="orders.outsideshop"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("buyer", ""), _negated=True),
                        fields=["shop", "buyer"],
                        name="shop_order_buyer",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "external_id"), name="shop_order_once")],
            },
        ),
    ]
