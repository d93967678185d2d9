"""What leaves of chats. What was said stands in the case, and goes with it."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared(
        "chats_visitor",
        export="chat-visitors",
        without={"digest": "encode(sha256(random()::text::bytea), 'hex')"},
        personal="name, mail and the site's own key; emptied when its customer is erased, and gone where no talk stays as a figure",
        merge="the visitor follows the customer",
        retention="removed a year after it was last seen, where it never wrote",
    ),
    Declared(
        "chats_thread",
        export="chat-threads",
        personal="what was asked before the talk, the address for answers, the comment of the rating; emptied with the customer, gone with the case",
        retention="goes with its case",
    ),
    Declared(
        "chats_upload",
        because="files that a visitor attached; those that were sent stand in the case",
        personal="the file and its name",
        retention="removed after a day",
    ),
    Declared(
        "chats_identity",
        because="signed words of sites that were used; they run out within a day",
        personal="nothing: digests only",
        retention="removed when it has run out",
    ),
)
