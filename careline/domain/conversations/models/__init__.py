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
from careline.domain.conversations.models.work import (
    BulkChange,
    BulkItem,
    ChecklistItem,
    ChecklistTemplate,
    Mention,
    TeamRule,
    Transcript,
    Undo,
)

__all__ = [
    "Attachment",
    "AutoReply",
    "BulkChange",
    "BulkItem",
    "ChecklistItem",
    "ChecklistTemplate",
    "Conversation",
    "Delivery",
    "Draft",
    "Fingerprint",
    "Mention",
    "Message",
    "Participant",
    "Reading",
    "Reference",
    "Status",
    "Tag",
    "TeamRule",
    "Transcript",
    "Undo",
]
