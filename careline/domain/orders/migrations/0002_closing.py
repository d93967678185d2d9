from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0012_identified"),
        ("customers", "0006_portal"),
        ("orders", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='payment',
            name='instead_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.payment'),
        ),
        migrations.AddField(
            model_name='payment',
            name='reference',
            field=models.TextField(db_collation='C', db_default='', default=''),
        ),
        migrations.AddField(
            model_name='payment',
            name='settled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='return',
            name='inspected_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='returnline',
            name='percent',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='payment',
            name='state',
            field=models.TextField(choices=[('pending', 'Pending'), ('settled', 'Settled'), ('failed', 'Failed'), ('void', 'Void')], default='settled'),
        ),
        migrations.AlterField(
            model_name='return',
            name='kind',
            field=models.TextField(choices=[('return', 'Return'), ('exchange', 'Exchange'), ('repair', 'Repair')], default='return'),
        ),
        migrations.AlterField(
            model_name='return',
            name='state',
            field=models.TextField(choices=[('requested', 'Requested'), ('label_sent', 'Label Sent'), ('received', 'Received'), ('inspected', 'Inspected'), ('done', 'Done'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='requested'),
        ),
        migrations.AlterField(
            model_name='shipment',
            name='kind',
            field=models.TextField(choices=[('order', 'Order'), ('exchange', 'Exchange'), ('replacement', 'Replacement'), ('repair', 'Repair')], default='order'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['id'], name='payment_pending'),
        ),
        migrations.AddIndex(
            model_name='return',
            index=models.Index(fields=['state', '-id'], name='return_by_state'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='payment_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('instead_of__isnull', False)), fields=('instead_of',), name='payment_again_once'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='conversation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='conversations.conversation'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='customer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='customers.customer'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='orders.order'),
        ),
    ]
