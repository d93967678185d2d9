from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from careline.domain.conversations.models.cases import Conversation


class Message(models.Model):
    """One thing said in a case: by a customer, by us to a customer, or among ourselves (note, event)."""

    class Kind(models.TextChoices):
        INCOMING = "incoming"
        REPLY = "reply"
        NOTE = "note"
        EVENT = "event"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    home_id = models.BigIntegerField(null=True)
    """The case it was said in, where that one was merged into this one: with its unmerge the message goes back."""
    kind = models.TextField(choices=Kind.choices)
    form = models.TextField(default="mail")
    visibility = models.TextField(default="public")
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.SET_NULL)
    author_kind = models.TextField()
    author_id = models.BigIntegerField()
    sender = models.JSONField(default=dict)
    reply_to = models.JSONField(default=list)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.TextField(default="")
    text = models.TextField(default="")
    html = models.TextField(default="")
    visible_text = models.TextField(default="")
    quoted = models.TextField(default="")
    signature = models.TextField(default="")
    external_id = models.TextField(default="", db_collation="C")
    in_reply_to = models.TextField(default="", db_collation="C")
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    duration = models.DurationField(null=True)
    authenticity = models.JSONField(default=dict)
    auto_reply = models.TextField(default="")
    bounce = models.JSONField(null=True)
    is_doubtful = models.BooleanField(default=False)
    inbound = models.ForeignKey("channels.Inbound", null=True, on_delete=models.SET_NULL)
    data = models.JSONField(default=dict)
    vector = SearchVectorField(null=True)
    vector_version = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "created_at", "id"], name="message_in_case"),
            models.Index(fields=["external_id"], condition=~models.Q(external_id=""), name="message_by_external_id"),
            GinIndex(fields=["vector"], name="message_words", fastupdate=False),
            models.Index(fields=["created_at", "id"], name="message_by_time"),
            # The number is that of conversations.rules.searchable: what is older is indexed again.
            models.Index(fields=["id"], condition=models.Q(vector_version__lt=2), name="message_to_index_again"),
        ]


class Reference(models.Model):
    """A Message-ID that a message bears or refers to: what threads are found by, in any order of arrival."""

    word = models.TextField(db_collation="C")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="references")

    class Meta:
        indexes = [models.Index(fields=["word"])]


class Fingerprint(models.Model):
    """What was seen already: the unique key that lets one of eight equal mails in."""

    key = models.CharField(max_length=64, primary_key=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE)
    at = models.DateTimeField()


class Attachment(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    position = models.SmallIntegerField(default=0)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    is_inline = models.BooleanField(default=False)
    content_id = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["file", "message"], name="attachment_of_file")]


class Delivery(models.Model):
    """A message on its way out: the transactional outbox."""

    class State(models.TextChoices):
        HELD = "held"
        SCHEDULED = "scheduled"
        QUEUED = "queued"
        SENDING = "sending"
        HANDING_OVER = "handing_over"
        SENT = "sent"
        UNCERTAIN = "uncertain"
        FAILED = "failed"
        BOUNCED = "bounced"
        CANCELLED = "cancelled"

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE)
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.SET_NULL)
    state = models.TextField(choices=State.choices)
    due_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    claimed_by = models.TextField(default="")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    server_words = models.TextField(default="")
    is_automatic = models.BooleanField(default=False)
    is_scheduled = models.BooleanField(default=False)
    remaining = models.JSONField(null=True)
    refused = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["held", "scheduled", "queued"]), name="delivery_due"
            ),
            models.Index(
                fields=["state"], condition=models.Q(state__in=["sending", "handing_over"]), name="delivery_under_way"
            ),
        ]


class AutoReply(models.Model):
    """One automatic answer queued to an address, for the cap."""

    address = models.TextField(db_collation="C")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"])]


class Draft(models.Model):
    """What an agent has begun to write in a case, one per kind (reply, note, forward); kept until it is sent."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    kind = models.TextField()
    content = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    """Since when colleagues see it; by its writer's wish alone."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "conversation", "kind"], name="draft_once")]


class Upload(models.Model):
    """A file that an agent attached to what they write, before it is sent; so that no sweep takes it meanwhile."""

    agent = models.ForeignKey("staff.Agent", on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE)
    file = models.ForeignKey("files.File", on_delete=models.PROTECT)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agent", "uploaded_at"], name="upload_of_agent")]
