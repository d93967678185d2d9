"""What leaves of webhooks: where they go, never their secret nor what they were told."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared(
        "webhooks_webhook",
        export="webhooks",
        without={"secret": "''::bytea", "old_secret": "NULL", "old_secret_until": "NULL"},
        sealed="secrets of webhooks",
    ),
    Declared(
        "webhooks_delivery",
        because="what this install told others",
        personal="what was told and answered about the person goes",
    ),
)
