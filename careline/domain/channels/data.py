"""What leaves of mailboxes and of what came in by them; never their passwords."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("channels_channel", export="channels", without={"secrets": "''::bytea"}, sealed="passwords of mailboxes"),
    Declared(
        "channels_inbound",
        export="inbound",
        personal="sender, envelope, subject and raw message go; that something came and when stays",
        retention="the same, by the rule of raw mails or of unrouted ones",
    ),
)
