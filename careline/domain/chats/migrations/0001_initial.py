import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('channels', '0003_answers'),
        ('conversations', '0012_identified'),
        ('customers', '0006_portal'),
        ('files', '0002_remote_content'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(db_collation='C', unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('name', models.TextField(default='')),
                ('mail', models.TextField(default='')),
                ('is_identified', models.BooleanField(default=False)),
                ('subject', models.TextField(default='')),
                ('language', models.TextField(default='')),
                ('created_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='channels.channel')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('media_type', models.TextField()),
                ('size', models.BigIntegerField()),
                ('uploaded_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='chats.visitor')),
            ],
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(db_collation='C', unique=True)),
                ('first_client_id', models.TextField(db_collation='C')),
                ('state', models.TextField(choices=[('open', 'Open'), ('ended', 'Ended')], default='open')),
                ('fields', models.JSONField(default=dict)),
                ('language', models.TextField(default='')),
                ('is_offline', models.BooleanField(default=False)),
                ('mail', models.TextField(default='')),
                ('next_n', models.IntegerField(default=1)),
                ('started_at', models.DateTimeField()),
                ('picked_up_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField()),
                ('seen_id', models.BigIntegerField(default=0)),
                ('mailed_id', models.BigIntegerField(default=0)),
                ('mail_due_at', models.DateTimeField(null=True)),
                ('transcript_to', models.TextField(default='')),
                ('transcript_sent_at', models.DateTimeField(null=True)),
                ('score', models.SmallIntegerField(null=True)),
                ('comment', models.TextField(default='')),
                ('rated_at', models.DateTimeField(null=True)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='channels.channel')),
                ('conversation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='chats.visitor')),
            ],
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='channels.channel')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='chats.visitor')),
            ],
        ),
        migrations.AddIndex(
            model_name='visitor',
            index=models.Index(fields=['customer'], name='chat_visitor_of_customer'),
        ),
        migrations.AddIndex(
            model_name='visitor',
            index=models.Index(fields=['seen_at'], name='chat_visitor_by_age'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['visitor', 'uploaded_at'], name='chat_upload_of_visitor'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['visitor', '-id'], name='chat_thread_of_visitor'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('mail_due_at__isnull', False)), fields=['mail_due_at'], name='chat_mail_due'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['channel', 'state', 'started_at'], name='chat_thread_waiting'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('picked_up_at__isnull', False)), fields=['channel', '-picked_up_at'], name='chat_picked_up'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(fields=('visitor', 'first_client_id'), name='chat_thread_begun_once'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('visitor',), name='one_chat_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='identity',
            index=models.Index(fields=['expires_at'], name='chat_identity_by_age'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('channel', 'digest'), name='chat_identity_once'),
        ),
    ]
