from careline.domain.conversations.models.cases import Conversation, Participant, Reading, Status, Tag
from careline.domain.conversations.models.identified import Identification
from careline.domain.conversations.models.messages import (
    Attachment,
    AutoReply,
    Delivery,
    Draft,
    Fingerprint,
    Message,
    Reference,
    Upload,
)
from careline.domain.conversations.models.problems import Problem
from careline.domain.conversations.models.retention import Imported, RetentionRule, RetentionRun
from careline.domain.conversations.models.search import FileText
from careline.domain.conversations.models.structure import CaseField, Link, Merge, NoDuplicate, Topic
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
    "CaseField",
    "ChecklistItem",
    "ChecklistTemplate",
    "Conversation",
    "Delivery",
    "Draft",
    "FileText",
    "Fingerprint",
    "Identification",
    "Imported",
    "Link",
    "Mention",
    "Merge",
    "Message",
    "NoDuplicate",
    "Participant",
    "Problem",
    "Reading",
    "Reference",
    "RetentionRule",
    "RetentionRun",
    "Status",
    "Tag",
    "TeamRule",
    "Topic",
    "Transcript",
    "Undo",
    "Upload",
]
