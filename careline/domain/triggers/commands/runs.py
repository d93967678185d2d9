"""The log is written, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from careline.kit import db

KEPT_FOR = timedelta(days=30)
_CHUNK = 5000


@dataclass(slots=True)
class Judged:
    """What came of one rule on one case; see `Run`."""

    rule: int
    conversation: int
    outcome: str
    id: int = 0
    happening: int | None = None
    against: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    chain: Sequence[int] = ()
    due_at: datetime | None = None


def next_run_id() -> int:
    """The id of a run that is going to be written: what it does may name it."""
    return int(db.value("SELECT nextval(pg_get_serial_sequence('triggers_run', 'id'))"))


def log(judged: Sequence[Judged], *, at: datetime) -> None:
    """One statement for all. One rule and one happening stand there once."""
    if not judged:
        return
    db.execute(
        """INSERT INTO triggers_run (id, rule_id, conversation_id, happening, at, outcome, against, steps, chain, tx, due_at)
           SELECT coalesce(nullif(n.id, 0), nextval(pg_get_serial_sequence('triggers_run', 'id'))), n.rule, n.conversation, n.happening,
               %s, n.outcome, n.against, n.steps, n.chain, pg_current_xact_id()::text::bigint, n.due
           FROM jsonb_to_recordset(%s) AS n (id bigint, rule bigint, conversation bigint, happening bigint, outcome text, against jsonb,
               steps jsonb, chain bigint[], due timestamptz) ON CONFLICT (rule_id, happening) WHERE happening IS NOT NULL DO NOTHING""",
        [at, db.json([_row(one) for one in judged])],
    )


def conclude(run: int, judged: Judged, *, at: datetime) -> None:
    """A run that waited has ended."""
    db.execute(
        """UPDATE triggers_run SET outcome = %s, against = %s, steps = %s, at = %s, due_at = NULL,
               tx = pg_current_xact_id()::text::bigint WHERE id = %s""",
        [judged.outcome, db.json(judged.against), db.json(judged.steps), at, run],
    )


def stand(rule: int, conversation: int, *, at: datetime) -> bool:
    """A rule by time has acted on the case. False where it stood there already."""
    return bool(
        db.execute(
            "INSERT INTO triggers_standing (rule_id, conversation_id, since) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [rule, conversation, at],
        )
    )


def forget_runs(*, at: datetime) -> int:
    """Old entries go, a chunk at a time; how many."""
    return db.execute(
        """DELETE FROM triggers_run WHERE id IN (SELECT id FROM triggers_run WHERE at < %s AND outcome <> 'waiting' ORDER BY at LIMIT %s)""",
        [at - KEPT_FOR, _CHUNK],
    )


def _row(one: Judged) -> dict[str, Any]:
    return {
        "id": one.id, "rule": one.rule, "conversation": one.conversation, "happening": one.happening, "outcome": one.outcome,
        "against": one.against, "steps": one.steps, "chain": list(one.chain), "due": one.due_at.isoformat() if one.due_at else None,
    }  # fmt: skip
