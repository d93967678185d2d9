"""The settings of a mailbox, as its form and the command line ask for them."""

from urllib.parse import urlsplit

from careline.domain.channels.adapter import Setting
from careline.domain.channels.email.route import route_from

IMAP_TLS = {"imaps": "implicit", "imap": "required"}


def check_imap_url(url: str) -> None:
    """Raises ValueError with one sentence."""
    mend = "The IMAP server must look like imaps://user@imap.example.com:993."
    try:
        parts = urlsplit(url.strip() if "://" in url else f"imaps://{url.strip()}")
        _ = parts.port
    except ValueError:
        raise ValueError(mend) from None
    if parts.scheme not in IMAP_TLS or not parts.hostname:
        raise ValueError(mend)


def check_after_reading(words: str) -> None:
    """Raises ValueError with one sentence."""
    if words.partition(":")[0] not in ("leave", "seen", "move", "delete"):
        raise ValueError("What happens after reading must be leave, seen, move:FOLDER or delete.")


SETTINGS = (
    Setting("imap_url", "IMAP server", "imaps://user@host:993 — leave empty where mail is delivered to us by LMTP or `careline deliver`.",
            check=check_imap_url),
    Setting("imap_password", "IMAP password", secret=True),
    Setting("imap_folder", "Folder", "The folder that is read.", default="INBOX"),
    Setting("imap_after", "After reading", "What happens to a mail on the server: leave, seen, move:FOLDER or delete.", default="seen",
            check=check_after_reading),
    Setting("oauth_token_url", "OAuth2 token address", "For servers that want OAuth2 instead of a password."),
    Setting("oauth_client_id", "OAuth2 client id"),
    Setting("oauth_scope", "OAuth2 scope", "Needed by servers that give tokens to the program itself (client credentials)."),
    Setting("oauth_client_secret", "OAuth2 client secret", secret=True),
    Setting("oauth_refresh_token", "OAuth2 refresh token", secret=True),
    Setting("smtp_url", "Outgoing server", "smtp://user@host:587 or smtps://user@host:465; empty takes the install's default.",
            check=route_from),
    Setting("smtp_password", "Outgoing password", secret=True),
    Setting("anymail", "Sending service", "A service by its name (amazon_ses, mailgun, postmark, brevo …) instead of SMTP."),
    Setting("anymail_key", "Key of the sending service", secret=True),
    Setting("trusted_server", "Name of the receiving server",
            "The server whose Authentication-Results are believed, as it names itself in them."),
    Setting("check_dkim", "Check signatures here",
            "Where no server is named above: DKIM signatures are verified at our door. Needs DNS while mail is taken in.",
            kind="bool", default=False),
    Setting("plus_addressing", "Plus addresses", "Answers come back to support+…@: surer threads, where the server takes them.",
            kind="bool", default=False),
    Setting("subject_token", "Mark in the subject", "Puts [#12-…] into subjects, for mail programs that drop references.",
            kind="bool", default=False),
    Setting("signature", "Signature", "Stands under every answer; empty takes the team's, else the brand's.", kind="textarea"),
    Setting("acknowledge", "Acknowledge first mails", "Answers the first mail of a case with its number.", kind="bool", default=False),
    Setting("acknowledgement", "Words of the acknowledgement", "{number} stands for the case number.", kind="textarea"),
)  # fmt: skip
