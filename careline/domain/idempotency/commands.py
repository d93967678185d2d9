"""Claiming a key, and keeping the answer it got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.idempotency.rules import KEPT_FOR, Answer, OtherCall
from careline.kit import db


def claim(key: str, *, owner: int, digest: str, at: datetime) -> Answer | None:
    """None where the call is ours to carry out, else the answer it got. Raises OtherCall where `digest` differs.

    Call it inside the transaction that carries the call out: who comes second with the same key waits here until that
    transaction ends, and carries the call out itself where it failed.
    """
    made = db.execute(
        """INSERT INTO idempotency_keptanswer (owner, key, digest, headers, body, at) VALUES (%s, %s, %s, '{}', '', %s)
           ON CONFLICT (owner, key) DO UPDATE SET digest = excluded.digest, status = NULL, at = excluded.at
               WHERE idempotency_keptanswer.at < %s""",
        [owner, key, digest, at, at - KEPT_FOR],
    )
    if made:
        return None
    kept = db.row(
        "SELECT digest, status, headers, body FROM idempotency_keptanswer WHERE owner = %s AND key = %s", [owner, key]
    )
    if kept is None or kept.digest != digest:
        raise OtherCall
    return Answer(kept.status, bytes(kept.body), kept.headers)


def keep(key: str, answer: Answer, *, owner: int) -> None:
    """Keeps the answer of a claimed key; call it in the transaction of `claim`."""
    db.execute(
        "UPDATE idempotency_keptanswer SET status = %s, headers = %s, body = %s WHERE owner = %s AND key = %s",
        [answer.status, db.json(answer.headers), answer.body, owner, key],
    )


def release(key: str, *, owner: int) -> None:
    """Nothing was done, so the key is free again."""
    db.execute("DELETE FROM idempotency_keptanswer WHERE owner = %s AND key = %s", [owner, key])


def forget(*, at: datetime) -> int:
    """Removes answers older than three days; how many."""
    return db.execute("DELETE FROM idempotency_keptanswer WHERE at < %s", [at - KEPT_FOR])


def empty_answers(words: Sequence[str]) -> int:
    """Answers kept that hold one of these words lose what they said; that the call was carried out stays known."""
    found = db.rows("SELECT id, body FROM idempotency_keptanswer WHERE status IS NOT NULL AND body <> ''")
    wanted = [word.lower().encode() for word in words if word]
    holding = [row.id for row in found if any(word in bytes(row.body).lower() for word in wanted)]
    return db.execute("UPDATE idempotency_keptanswer SET body = '', headers = '{}' WHERE id = ANY(%s)", [holding])
