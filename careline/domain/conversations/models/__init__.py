from careline.domain.conversations.models.cases import Conversation, Participant, Reading, Status, Tag
from careline.domain.conversations.models.messages import (
    Attachment,
    AutoReply,
    Delivery,
    Draft,
    Fingerprint,
    Message,
    Reference,
)

__all__ = [
    "Attachment",
    "AutoReply",
    "Conversation",
    "Delivery",
    "Draft",
    "Fingerprint",
    "Message",
    "Participant",
    "Reading",
    "Reference",
    "Status",
    "Tag",
]
