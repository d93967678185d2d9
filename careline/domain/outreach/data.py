"""What leaves of mailings, and what becomes of it when a customer is erased."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared("outreach_mailing", export="mailings"),
    Declared(
        "outreach_recipient", export="mailing-recipients", personal="the row goes", merge="stays where it was sent"
    ),
)
