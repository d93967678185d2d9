"""Voices are recorded, joined, moved on and answered; reviews are written down. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from careline.domain.followups.models import Review
from careline.domain.followups.queries.voices import JOINED
from careline.domain.followups.rules.voices import COMPLIMENT, judged, judged_review, judged_state
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@dataclass(frozen=True, slots=True)
class NewVoice:
    """`person` is whom praise names; `owner` who answers for the product."""

    kind: str
    title: str
    words: str = ""
    product: int | None = None
    owner: int | None = None
    person: int | None = None


@transaction.atomic
def add_voice(said: NewVoice, *, by: Actor, at: datetime) -> int:
    """Raises BadVoice."""
    title = judged(kind=said.kind, title=said.title, words=said.words)
    key: int = db.value(
        """INSERT INTO followups_voice (kind, title, words, state, product_id, owner_id, person_id, votes, answer, made_by, made_at, changed_at)
           VALUES (%s, %s, %s, 'new', %s, %s, %s, 0, '', %s, %s, %s) RETURNING id""",
        [said.kind, title, said.words.strip(), said.product, said.owner, said.person, by.id, at, at],
    )
    record(Happening("voice.added", "voice", key, data={"kind": said.kind}), by=by, at=at)
    return key


@transaction.atomic
def add_vote(voice: Any, case: Any, *, by: Actor, at: datetime) -> bool:
    """A case raises it, once: False where it did before, or one that was joined with it. Praise tells the person it names."""
    new = db.value(
        f"""{JOINED} INSERT INTO followups_vote (voice_id, conversation_id, customer_id, by_agent, at, state, reason)
           SELECT %(voice)s, %(case)s, %(customer)s, %(by)s, %(at)s, 'waiting', '' WHERE NOT EXISTS (
               SELECT FROM followups_vote o JOIN joined j ON j.id = o.voice_id WHERE o.conversation_id = %(case)s)
           ON CONFLICT DO NOTHING RETURNING id""",
        {"voice": voice.id, "case": case.id, "customer": case.customer_id, "by": by.id, "at": at},
    )
    if new is None:
        return False
    _count(voice.id)
    data = {"voice": voice.id, "kind": voice.kind, "agent": voice.person_id if voice.kind == COMPLIMENT else None}
    name = "voice.praised" if voice.kind == COMPLIMENT else "voice.raised"
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
    return True


@transaction.atomic
def take_vote_back(voice: Any, case: Any, *, by: Actor, at: datetime) -> bool:
    gone = db.execute(
        f"{JOINED} DELETE FROM followups_vote w USING joined j WHERE w.voice_id = j.id AND w.conversation_id = %(case)s",
        {"voice": voice.id, "case": case.id},
    )
    if gone:
        _count(voice.id)
        told = Happening(
            "voice.taken_back", "conversation", case.number, case.id, case.customer_id, {"voice": voice.id}
        )
        record(told, by=by, at=at)
    return bool(gone)


@transaction.atomic
def change_voice(voice: Any, said: NewVoice, *, by: Actor, at: datetime) -> None:
    """Raises BadVoice."""
    title = judged(kind=voice.kind, title=said.title, words=said.words)
    db.execute(
        "UPDATE followups_voice SET title = %s, words = %s, product_id = %s, owner_id = %s, person_id = %s, changed_at = %s WHERE id = %s",
        [title, said.words.strip(), said.product, said.owner, said.person, at, voice.id],
    )
    record(Happening("voice.changed", "voice", voice.id), by=by, at=at)


@transaction.atomic
def move_voice(voice: Any, *, state: str, answer: str, by: Actor, at: datetime) -> None:
    """On to another state. With an answer, all who raised it are told, from now on, once each. Raises BadVoice."""
    judged_state(state)
    is_done = state == "done"
    db.execute(
        """UPDATE followups_voice SET state = %s, answer = %s, answered_by = %s, due_at = %s, changed_at = %s, done_at = %s WHERE id = %s""",
        [state, answer.strip(), by.id, at if answer.strip() else None, at, at if is_done else None, voice.id],
    )
    data = {"state": state, "state_before": voice.state, "answered": bool(answer.strip())}
    record(Happening("voice.moved", "voice", voice.id, data=data), by=by, at=at)


@transaction.atomic
def merge_voices(voice: Any, into: Any, *, by: Actor, at: datetime) -> None:
    """They are the same: who raised this one counts there, a case that raised both once. Votes stay where they were given, so that
    they can be parted again."""
    db.execute(
        "UPDATE followups_voice SET merged_into_id = %s, due_at = NULL, changed_at = %s WHERE id = %s",
        [into.id, at, voice.id],
    )
    _count(into.id)
    record(Happening("voice.merged", "voice", voice.id, data={"into": into.id}), by=by, at=at)


@transaction.atomic
def part_voices(voice: Any, *, by: Actor, at: datetime) -> None:
    """They are not the same after all: each counts its own. Who was told stays told; parting writes to nobody."""
    db.execute("UPDATE followups_voice SET merged_into_id = NULL, changed_at = %s WHERE id = %s", [at, voice.id])
    _count(voice.id)
    above: int | None = voice.merged_into_id
    while above is not None:
        _count(above)
        above = db.value("SELECT merged_into_id FROM followups_voice WHERE id = %s", [above])
    record(Happening("voice.parted", "voice", voice.id, data={"from": voice.merged_into_id}), by=by, at=at)


def take_due_voice(*, at: datetime) -> Any | None:
    """A voice whose answer is still on its way, held until the transaction ends."""
    return db.row(
        "SELECT * FROM followups_voice WHERE due_at <= %s ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", [at]
    )


def note_told(votes: Sequence[dict[str, Any]], *, at: datetime) -> None:
    """[{id, state, reason, message}]"""
    db.execute(
        """UPDATE followups_vote v SET state = t.state, reason = coalesce(t.reason, ''), message_id = t.message, told_at = %s
           FROM jsonb_to_recordset(%s) AS t (id bigint, state text, reason text, message bigint) WHERE v.id = t.id""",
        [at, db.json(list(votes))],
    )


def note_all_told(voice: int) -> None:
    db.execute("UPDATE followups_voice SET due_at = NULL WHERE id = %s", [voice])


@transaction.atomic
def add_review(
    case: Any,
    *,
    source: str,
    url: str,
    author: str,
    stars: int | None,
    text: str,
    posted_on: date | None,
    by: Actor,
    at: datetime,
) -> int:
    """What somebody wrote in public, in the case that it is answered in. Raises BadVoice."""
    judged_review(source=source, url=url, stars=stars, text=text)
    made = Review.objects.create(
        conversation_id=case.id, customer_id=case.customer_id, brand_id=case.brand_id, source=source.strip(), url=url, author=author.strip()[:200],
        stars=stars, text=text.strip(), posted_on=posted_on, recorded_at=at, recorded_by=by.id,
    )  # fmt: skip
    data = {"review": made.pk, "stars": stars}
    record(Happening("review.recorded", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
    return int(made.pk)


@transaction.atomic
def note_review_answered(review: Any, case: Any, *, by: Actor, at: datetime) -> None:
    """Somebody answered where it stands; the first time counts."""
    db.execute("UPDATE followups_review SET answered_at = coalesce(answered_at, %s) WHERE id = %s", [at, review.id])
    told = Happening("review.answered", "conversation", case.number, case.id, case.customer_id, {"review": review.id})
    record(told, by=by, at=at)


def _count(voice: int) -> None:
    """Of itself and of all that were joined with it; a case counts once."""
    db.execute(
        f"""{JOINED} UPDATE followups_voice SET votes = (
                SELECT count(DISTINCT w.conversation_id) FROM followups_vote w JOIN joined j ON j.id = w.voice_id) WHERE id = %(voice)s""",
        {"voice": voice},
    )
