"""Reports that are sent: to whom and when, and one letter for each of them and each period, whatever dies in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

MOST_TRIES = 5
_AGAIN_AFTER = timedelta(minutes=10)
_UNCERTAIN = "The worker ended while it was leaving: it may have arrived, and is not sent a second time."


@transaction.atomic
def keep_sending(
    key: int | None, *, name: str, every: str, minute: int, time_zone: str, agent_ids: Sequence[int], is_active: bool, due_at: datetime,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    """A new one (no key), or a change of one. Its key; 0 where it is gone."""
    given = {
        "name": name, "every": every, "minute": minute, "zone": time_zone, "agents": list(agent_ids), "active": is_active,
        "due": due_at if is_active else None, "at": at, "key": key,
    }  # fmt: skip
    if key is None:
        made = db.value(
            """INSERT INTO reports_sending (name, every, minute, time_zone, agent_ids, is_active, created_at, due_at)
               VALUES (%(name)s, %(every)s, %(minute)s, %(zone)s, %(agents)s, %(active)s, %(at)s, %(due)s) RETURNING id""",
            given,
        )
    else:
        made = db.value(
            """UPDATE reports_sending SET name = %(name)s, every = %(every)s, minute = %(minute)s, time_zone = %(zone)s,
                   agent_ids = %(agents)s, is_active = %(active)s, due_at = %(due)s WHERE id = %(key)s RETURNING id""",
            given,
        )
    if made is not None:
        name_of = "report_sending.added" if key is None else "report_sending.changed"
        record(
            Happening(name_of, "report_sending", made, data={"every": every, "agents": list(agent_ids)}), by=by, at=at
        )
    return int(made or 0)


@transaction.atomic
def drop_sending(key: int, *, by: Actor, at: datetime) -> bool:
    """It goes with its letters; False where there was none."""
    gone = db.execute("DELETE FROM reports_sending WHERE id = %s", [key])
    if gone:
        record(Happening("report_sending.dropped", "report_sending", key), by=by, at=at)
    return bool(gone)


def lock_due_sending(*, at: datetime) -> Any | None:
    """The next that is due, held until the transaction ends: id, every, minute, time_zone, agent_ids, due_at."""
    return db.row(
        """SELECT id, every, minute, time_zone, agent_ids, due_at FROM reports_sending WHERE is_active AND due_at <= %s
           ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )


def write_letters(
    sending: int, *, begins_on: date, ends_on: date, due: Mapping[int, datetime], next_due_at: datetime
) -> int:
    """One letter for each person (id → when), unless there is one of this period; and when the next ones are due. How many are new."""
    written = db.execute(
        """INSERT INTO reports_reportletter (sending_id, agent_id, begins_on, ends_on, state, tries, due_at, words)
           SELECT %s, l.agent, %s, %s, 'queued', 0, l.due, '' FROM unnest(%s::bigint[], %s::timestamptz[]) AS l (agent, due)
           ON CONFLICT DO NOTHING""",
        [sending, begins_on, ends_on, list(due), list(due.values())],
    )
    db.execute("UPDATE reports_sending SET due_at = %s WHERE id = %s", [next_due_at, sending])
    return written


def take_up_letter(*, at: datetime) -> Any | None:
    """The next that is due, put off meanwhile, so that one whose maker died is made again: id, agent_id, begins_on, ends_on, tries, every."""
    return db.row(
        """UPDATE reports_reportletter l SET due_at = %s, tries = tries + 1 FROM reports_sending s
           WHERE s.id = l.sending_id AND l.id = (SELECT id FROM reports_reportletter WHERE state = 'queued' AND due_at <= %s
               ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING l.id, l.agent_id, l.begins_on, l.ends_on, l.tries, s.every""",
        [at + _AGAIN_AFTER, at],
    )


def note_leaving(letter: int) -> bool:
    """Said before the mail server is spoken to; False where it is not waiting any more."""
    return bool(
        db.execute("UPDATE reports_reportletter SET state = 'leaving', due_at = NULL WHERE id = %s AND state = 'queued'", [letter])
    )  # fmt: skip


def note_sent(letter: int, *, at: datetime) -> None:
    db.execute("UPDATE reports_reportletter SET state = 'sent', sent_at = %s, words = '' WHERE id = %s", [at, letter])


def note_failed(letter: int, *, words: str, again_at: datetime | None) -> None:
    """Tried again at that moment, or never."""
    state = "failed" if again_at is None else "queued"
    db.execute(
        "UPDATE reports_reportletter SET state = %s, words = %s, due_at = %s WHERE id = %s",
        [state, words[:500], again_at, letter],
    )


def release_letters(*, at: datetime) -> None:
    """After a worker died: what it was making is due again, what was leaving may have arrived."""
    db.execute(
        "UPDATE reports_reportletter SET due_at = %s WHERE state = 'queued' AND tries > 0 AND due_at > %s", [at, at]
    )
    db.execute("UPDATE reports_reportletter SET state = 'uncertain', words = %s WHERE state = 'leaving'", [_UNCERTAIN])
