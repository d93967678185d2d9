"""What time it is. Only entry points ask; everything below is told by `at=`.

With the test clock (`careline serve --test-clock`) time stands still in one row of the database, so that every process
sees the same moment; only `set_standing` moves it, and only forward.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from django.db import connection


class ClockRunsOn(Exception):
    """The clock can't be set: this server runs on real time."""


class ClockGoesForward(Exception):
    """The test clock was asked to go back."""


def is_standing() -> bool:
    return os.environ.get("CARELINE_TEST_CLOCK") == "1"


def now() -> datetime:
    """The moment, in UTC: the wall clock's, or where the test clock stands."""
    if not is_standing():
        return datetime.now(UTC)
    return standing_at()


def standing_at() -> datetime:
    """Where the test clock stands; the first call sets it to the real moment."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kit_clock (one, now) VALUES (true, now()) ON CONFLICT DO NOTHING")
        cursor.execute("SELECT now FROM kit_clock")
        return cursor.fetchone()[0]


def set_standing(to: datetime) -> None:
    """Moves the test clock forward to `to`. Running what falls due on the way is the worker's part."""
    if not is_standing():
        raise ClockRunsOn("The clock can only be set on a server started with --test-clock.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_clock SET now = %s WHERE now <= %s", [to, to])
        if cursor.rowcount == 0:
            raise ClockGoesForward("The test clock only goes forward.")


def ask_for(target: datetime) -> None:
    """Asks the worker to move the test clock to `target`, running what falls due on the way; see `target`."""
    if not is_standing():
        raise ClockRunsOn("The clock can only be set on a server started with --test-clock.")
    if target < standing_at():
        raise ClockGoesForward("The test clock only goes forward.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_clock SET target = %s", [target])


def target() -> datetime | None:
    """Where the test clock is asked to go; None once it is there and all that fell due has run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT target FROM kit_clock")
        found = cursor.fetchone()
    return found[0] if found else None


def clear_target() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_clock SET target = NULL")
