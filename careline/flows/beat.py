"""The worker says that it lives, for health and doctor."""

from __future__ import annotations

from datetime import datetime

from careline.domain.company.commands import note_beat


def beat(worker: str, *, at: datetime) -> None:
    note_beat(worker, at=at)
