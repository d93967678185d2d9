"""Answers kept under a key for a day."""

from careline.kit.archive.declared import Declared

TABLES = (
    Declared(
        "idempotency_keptanswer",
        because="kept for a day, for who asked here",
        personal="what was said about the person goes, that it was answered stays",
    ),
)
