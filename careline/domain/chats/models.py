from django.db import models


class Visitor(models.Model):
    """A browser on one of our sites. `digest` is that of its token, which is told once; `key` names it where others may see it."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE)
    key = models.TextField(unique=True, db_collation="C")
    digest = models.CharField(max_length=64, unique=True)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL)
    name = models.TextField(default="")
    mail = models.TextField(default="")
    is_identified = models.BooleanField(default=False)
    """The site has signed who it is."""
    subject = models.TextField(default="")
    """Whom the site calls it, by its own key."""
    language = models.TextField(default="")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["customer"], name="chat_visitor_of_customer"),
            models.Index(fields=["seen_at"], name="chat_visitor_by_age"),
        ]


class Thread(models.Model):
    """One talk of a visitor, which is one case. `next_n` is the place of the next message in the browser's own count.

    `mail_due_at`: when what the visitor did not see of our answers goes by mail; `seen_id` is the newest message they have
    seen, `mailed_id` the newest that went by mail.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ENDED = "ended"

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="threads")
    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE)
    conversation = models.ForeignKey("conversations.Conversation", null=True, on_delete=models.CASCADE)
    key = models.TextField(unique=True, db_collation="C")
    first_client_id = models.TextField(db_collation="C")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    fields = models.JSONField(default=dict)
    language = models.TextField(default="")
    is_offline = models.BooleanField(default=False)
    mail = models.TextField(default="")
    next_n = models.IntegerField(default=1)
    started_at = models.DateTimeField()
    picked_up_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    seen_id = models.BigIntegerField(default=0)
    mailed_id = models.BigIntegerField(default=0)
    mail_due_at = models.DateTimeField(null=True)
    transcript_to = models.TextField(default="")
    transcript_sent_at = models.DateTimeField(null=True)
    score = models.SmallIntegerField(null=True)
    comment = models.TextField(default="")
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "first_client_id"], name="chat_thread_begun_once"),
            models.UniqueConstraint(fields=["visitor"], condition=models.Q(state="open"), name="one_chat_at_a_time"),
        ]
        indexes = [
            models.Index(fields=["visitor", "-id"], name="chat_thread_of_visitor"),
            models.Index(fields=["mail_due_at"], condition=models.Q(mail_due_at__isnull=False), name="chat_mail_due"),
            models.Index(fields=["channel", "state", "started_at"], name="chat_thread_waiting"),
            models.Index(
                fields=["channel", "-picked_up_at"],
                condition=models.Q(picked_up_at__isnull=False),
                name="chat_picked_up",
            ),
        ]


class Upload(models.Model):
    """A file of a visitor, before and after the message that takes it."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["visitor", "uploaded_at"], name="chat_upload_of_visitor")]


class Identity(models.Model):
    """A signed word of a site that was used, so that nobody else uses it again."""

    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="chat_identity_once")]
        indexes = [models.Index(fields=["expires_at"], name="chat_identity_by_age")]
