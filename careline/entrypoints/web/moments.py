"""Moments as the tables of people and rights show them."""

from __future__ import annotations

from datetime import datetime

from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import moment_words


def moment_text(moment: datetime | None, visit: Visit) -> str:
    """Day and time in the visitor's zone; empty for never."""
    return moment_words(moment, at=visit.at, zone=visit.zone) if moment is not None else ""
