import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_closing"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE quote_number START 1001", "DROP SEQUENCE quote_number"),
        migrations.CreateModel(
            name="Gateway",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField(unique=True)),
                ("settings", models.JSONField(default=dict)),
                ("secrets", models.BinaryField(default=b"")),
                ("is_active", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tax_name", models.TextField(default="")),
                ("tax_rate", models.IntegerField(default=0)),
                ("shipping", models.JSONField(default=list)),
                ("hold_minutes", models.IntegerField(default=30)),
                ("quote_days", models.SmallIntegerField(default=14)),
                ("quote_hold_hours", models.SmallIntegerField(default=72)),
                ("link_days", models.SmallIntegerField(default=7)),
            ],
            options={
                "db_table": "orders_terms",
            },
        ),
        migrations.CreateModel(
            name="Cart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Open"),
                            ("waiting", "Waiting"),
                            ("quoted", "Quoted"),
                            ("ordered", "Ordered"),
                            ("dropped", "Dropped"),
                        ],
                        default="open",
                    ),
                ),
                ("currency", models.TextField()),
                ("address", models.JSONField(default=dict)),
                ("version", models.IntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="conversations.conversation",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="carts", to="customers.customer"
                    ),
                ),
                ("order", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.order")),
            ],
        ),
        migrations.CreateModel(
            name="GatewayEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gateway", models.TextField()),
                ("external_id", models.TextField(db_collation="C")),
                ("kind", models.TextField()),
                ("subject", models.TextField(db_collation="C", default="")),
                (
                    "state",
                    models.TextField(
                        choices=[("new", "New"), ("done", "Done"), ("ignored", "Ignored"), ("failed", "Failed")],
                        default="new",
                    ),
                ),
                ("body", models.TextField(default="")),
                ("tries", models.SmallIntegerField(default=0)),
                ("sentence", models.TextField(default="")),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="gateway_event_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("gateway", "external_id"), name="gateway_event_once")],
            },
        ),
        migrations.CreateModel(
            name="PaymentLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField()),
                ("currency", models.TextField()),
                ("token", models.TextField(db_collation="C")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Open"),
                            ("paid", "Paid"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                    ),
                ),
                ("gateway", models.TextField()),
                ("session", models.TextField(db_collation="C", default="")),
                ("session_url", models.TextField(default="")),
                ("session_ends_at", models.DateTimeField(null=True)),
                ("sessions", models.SmallIntegerField(default=0)),
                ("language", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("look_at", models.DateTimeField(null=True)),
                ("paid_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="conversations.conversation"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payment_links", to="orders.order"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.payment"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GatewayAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gateway", models.TextField()),
                ("kind", models.TextField()),
                ("key", models.TextField(db_collation="C", unique=True)),
                ("reference", models.TextField(db_collation="C", default="")),
                ("amount", models.BigIntegerField()),
                ("currency", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[("waiting", "Waiting"), ("doing", "Doing"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
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
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.payment"),
                ),
                (
                    "link",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.paymentlink"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProductLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField(choices=[("article", "Article"), ("problem", "Problem"), ("tag", "Tag")])),
                ("key", models.BigIntegerField()),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="orders.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("version", models.SmallIntegerField(default=1)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("replaced", "Replaced"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                    ),
                ),
                ("currency", models.TextField()),
                ("total", models.BigIntegerField()),
                ("language", models.TextField(default="")),
                ("token", models.TextField(db_collation="C")),
                ("reason", models.TextField(default="")),
                ("sent_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cart",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quote", to="orders.cart"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="conversations.conversation"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="customers.customer"
                    ),
                ),
                ("order", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.order")),
            ],
        ),
        migrations.AddField(
            model_name="cart",
            name="revises",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.quote"
            ),
        ),
        migrations.CreateModel(
            name="CartLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField(default="item")),
                ("name", models.TextField()),
                ("options", models.JSONField(default=dict)),
                ("quantity", models.IntegerField(default=1)),
                ("unit_price", models.BigIntegerField(default=0)),
                ("rate", models.IntegerField(null=True)),
                ("amount", models.BigIntegerField()),
                ("reserved", models.IntegerField(default=0)),
                (
                    "cart",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.cart",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.variant"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cart", "id"], name="cart_line_of_cart")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="cart_line_has_something"),
                    models.CheckConstraint(condition=models.Q(("reserved__gte", 0)), name="cart_line_reserves_no_debt"),
                    models.UniqueConstraint(
                        condition=models.Q(("variant__isnull", False)),
                        fields=("cart", "variant"),
                        name="cart_line_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.TextField(db_collation="C")),
                ("version", models.TextField(default="")),
                ("bought_on", models.DateField(null=True)),
                ("warranty_until", models.DateField(null=True)),
                ("registered_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="customers.customer"
                    ),
                ),
                ("line", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.line")),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="orders.product",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="orders.variant"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["serial"], name="item_by_serial")],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "serial"), name="item_serial_once"),
                    models.CheckConstraint(condition=models.Q(("serial", ""), _negated=True), name="item_has_a_serial"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="paymentlink",
            index=models.Index(condition=models.Q(("state", "open")), fields=["due_at"], name="payment_link_due"),
        ),
        migrations.AddIndex(
            model_name="paymentlink",
            index=models.Index(
                condition=models.Q(("look_at__isnull", False)), fields=["look_at"], name="payment_link_look"
            ),
        ),
        migrations.AddIndex(
            model_name="paymentlink",
            index=models.Index(
                condition=models.Q(("session", ""), _negated=True), fields=["session"], name="payment_link_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlink",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_link_is_something"),
        ),
        migrations.AddConstraint(
            model_name="paymentlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token", ""), _negated=True), fields=("token",), name="payment_link_token_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("order",), name="payment_link_open_once"
            ),
        ),
        migrations.AddIndex(
            model_name="gatewayact",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="gateway_act_due"
            ),
        ),
        migrations.AddIndex(
            model_name="gatewayact",
            index=models.Index(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=["external_id"],
                name="gateway_act_external",
            ),
        ),
        migrations.AddConstraint(
            model_name="productlink",
            constraint=models.UniqueConstraint(fields=("product", "kind", "key"), name="product_link_once"),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(condition=models.Q(("state", "sent")), fields=["valid_until"], name="quote_due"),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(fields=("number", "version"), name="quote_version_once"),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token", ""), _negated=True), fields=("token",), name="quote_token_once"
            ),
        ),
        migrations.AddIndex(
            model_name="cart",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="cart_due"),
        ),
        migrations.AddIndex(
            model_name="cart",
            index=models.Index(fields=["conversation", "id"], name="cart_of_case"),
        ),
        migrations.AddConstraint(
            model_name="cart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "waiting"))),
                fields=("conversation",),
                name="cart_of_case_once",
            ),
        ),
    ]
