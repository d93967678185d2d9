"""What leaves of follow-ups, voices and reviews, and what of it is personal."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared(
        "followups_followup",
        export="follow-ups",
        personal="reason and note are emptied; when it was due and how it ended stay as figures",
        merge="stays with its case",
        retention="goes with its case",
    ),
    Declared("followups_closingrule", export="closing-rules"),
    Declared("followups_voice", export="voices", personal="nothing: it says what is wished for, not by whom"),
    Declared(
        "followups_vote",
        export="voice-votes",
        personal="nothing: ids, codes and moments",
        merge="stays with its case",
        retention="goes with its case",
    ),
    Declared(
        "followups_review",
        export="reviews",
        personal="author and words are emptied; source and stars stay as figures",
        merge="stays with its case",
        retention="its words go with the case",
    ),
)
