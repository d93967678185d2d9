"""Imports of customers, chunk by chunk, between the other things that are done by the clock."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from careline.domain.customers.queries.imports import due_import
from careline.flows.work_on_import import fail_import, work_on_import
from careline.kit import clock, db

log = logging.getLogger(__name__)
SECONDS_AT_ONCE = 1.5


def work_on_imports(at: datetime) -> None:
    """What is due, for a second and a half at most; the rest comes next time."""
    until = time.monotonic() + SECONDS_AT_ONCE
    while (key := due_import(at)) is not None:
        try:
            work_on_import(key, at=clock.now())
        except Exception as error:
            if db.is_passing(error):
                raise
            log.exception("The import %s broke.", key)
            fail_import(key, at=clock.now())
        if time.monotonic() >= until:
            return
