"""What leaves of cases and messages, and what becomes of it when somebody is erased or a rule removes them."""

from careline.kit.archive.declared import Declared

# Whether these left is not known where they come back, so nobody sends them a second time without a person's word.
_MAYBE_LEFT = """CASE WHEN t.state IN ('held', 'queued', 'sending', 'handing_over') THEN 'uncertain' ELSE t.state END"""


TABLES = (
    Declared("conversations_status", export="statuses"),
    Declared("conversations_tag", export="tags"),
    Declared("conversations_topic", export="topics"),
    Declared("conversations_casefield", export="case-fields"),
    Declared("conversations_teamrule", export="team-rules"),
    Declared(
        "conversations_conversation",
        export="cases",
        personal="subject, snippet, fields and hint are emptied; or the case goes",
        merge="the absorbed case points to the other; undone, it stands by itself again",
        retention="goes, or is emptied",
    ),
    Declared(
        "conversations_identification",
        export="identifications",
        personal="the row goes",
        merge="stays with its case",
        retention="goes with the case",
    ),
    Declared(
        "conversations_participant",
        export="participants",
        personal="the row goes",
        merge="goes to the case merged into and back",
        retention="goes with the case",
    ),
    Declared(
        "conversations_message",
        export="messages",
        without={"vector": "NULL", "vector_version": "0"},
        personal="words, addresses and ids are emptied; or the message goes with its case",
        merge="goes to the case merged into and home again",
        retention="goes with the case, or is emptied",
    ),
    Declared(
        "conversations_reference",
        export="references",
        personal="the row goes",
        merge="goes with its message",
        retention="goes with the case",
    ),
    Declared(
        "conversations_fingerprint",
        export="fingerprints",
        personal="stays without the words it was made of, so that a mail that comes again is known; goes with the message",
        retention="goes with the case",
    ),
    Declared(
        "conversations_attachment",
        export="attachments",
        personal="the row goes",
        merge="goes with its message",
        retention="goes with the case, or alone where a rule drops files",
    ),
    Declared(
        "conversations_filetext",
        because="read anew from the files",
        personal="goes with the last message that has the file",
        retention="goes with the file",
    ),
    Declared(
        "conversations_delivery",
        export="deliveries",
        instead={"state": _MAYBE_LEFT},
        personal="what the server said and whom it refused is emptied",
        retention="goes with the case",
    ),
    Declared(
        "conversations_autoreply", because="kept for a day, for the cap on automatic answers", personal="the row goes"
    ),
    Declared("conversations_draft", export="drafts", personal="the row goes", retention="goes with the case"),
    Declared(
        "conversations_upload",
        because="files of what is being written, for 30 days",
        personal="the row goes",
        retention="goes with the case, else after 30 days",
    ),
    Declared("conversations_reading", export="readings", retention="goes with the case"),
    Declared(
        "conversations_merge",
        export="case-merges",
        personal="what stood before is emptied",
        merge="is the merge",
        retention="goes with the case",
    ),
    Declared("conversations_link", export="links", merge="stays with its case", retention="goes with the case"),
    Declared("conversations_noduplicate", export="no-duplicates", retention="goes with the case"),
    Declared("conversations_problem", export="problems", personal="stays: it is about a cause, not a person"),
    Declared("conversations_bulkchange", export="bulk-changes", personal="nothing of customers"),
    Declared(
        "conversations_bulkitem",
        export="bulk-items",
        personal="what stood before is emptied",
        retention="goes with the case",
    ),
    Declared(
        "conversations_undo",
        because="for the seconds after a change",
        personal="the row goes",
        retention="goes with the case",
    ),
    Declared("conversations_mention", export="mentions", retention="goes with the message"),
    Declared("conversations_checklisttemplate", export="checklists"),
    Declared(
        "conversations_checklistitem",
        export="checklist-items",
        personal="words are emptied",
        retention="goes with the case",
    ),
    Declared(
        "conversations_transcript",
        because="made again when it is asked for",
        personal="goes with its file",
        retention="goes with the case",
    ),
    Declared("conversations_retentionrule", export="retention-rules"),
    Declared("conversations_retentionrun", export="retention-runs"),
    Declared("conversations_imported", export="imported", retention="goes with what was brought in"),
)
