"""Two cases become one, and two again. Guarded: flows only.

A message keeps its home: the case it was said in, or would have been. While that one is merged the message stands at the
root of the merges; the unmerge brings back what is at home there, also what was said since. Both rows are held by the caller.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.belongings import Came, bring, take_out
from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.queries.cases import status_of_category
from careline.domain.conversations.queries.merges import cases_below, merge_of, said_since
from careline.domain.conversations.rules.merging import joined, retold
from careline.domain.conversations.rules.states import State
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

_STAND = """
UPDATE conversations_conversation SET category = %(category)s, status_id = %(status)s, waiting_since = %(since)s,
    resolved_at = CASE WHEN %(category)s = 'resolved' THEN coalesce(%(resolved)s::timestamptz, %(at)s) END,
    snoozed_until = %(snoozed)s, updated_at = greatest(updated_at, %(at)s), version = version + 1 WHERE id = %(case)s
"""
# Undo of an answer puts back how its case stood: after a merge nobody knows that any more.
_FORGET_UNDO = """
UPDATE conversations_message m SET data = m.data - 'before' FROM conversations_delivery d
WHERE d.message_id = m.id AND m.conversation_id = ANY(%s) AND d.state IN ('held', 'scheduled', 'queued') AND m.data ? 'before'
"""


@transaction.atomic
def merge(absorbed: Any, *, into: Any, by: Actor, at: datetime) -> int:
    """Everything of a case moves into another one, its number leads there from now on; the merge's key."""
    before = {"absorbed": _standing(absorbed), "into": _standing(into)}
    db.execute(_FORGET_UNDO, [[absorbed.id, into.id]])
    moved = db.rows(
        """UPDATE conversations_message SET home_id = coalesce(home_id, conversation_id), conversation_id = %s
           WHERE conversation_id = %s RETURNING id""",
        [into.id, absorbed.id],
    )
    before |= bring(absorbed, into=into).as_json()
    state = joined(_state_of(into), _state_of(absorbed))
    made = _stand(into, state, snoozed=into.snoozed_until, at=at)
    _stand(absorbed, State("resolved", None), snoozed=None, at=at)
    db.execute(
        "UPDATE conversations_conversation SET merged_into_id = %s, version = version + 1 WHERE id = %s OR merged_into_id = %s",
        [into.id, absorbed.id, absorbed.id],
    )
    recount(into.id)
    recount(absorbed.id)
    key = db.value(
        """INSERT INTO conversations_merge (absorbed_id, into_id, is_split, before, merged_at, merged_by_id)
           VALUES (%s, %s, false, %s, %s, %s) RETURNING id""",
        [absorbed.id, into.id, db.json({**before, "made": made}), at, _agent(by)],
    )
    data = {"into": into.number, "merge": key, "messages": [row.id for row in moved]}
    record(
        Happening("conversation.merged", "conversation", absorbed.number, absorbed.id, absorbed.customer_id, data),
        Happening("conversation.absorbed", "conversation", into.number, into.id, into.customer_id,
                  {"from": absorbed.number, "merge": key}),
        by=by, at=at,
    )  # fmt: skip
    return int(key)


@transaction.atomic
def unmerge(done: Any, *, absorbed: Any, root: Any, by: Actor, at: datetime) -> None:
    """What is at home in the absorbed case goes back to it, also what was said since; both stand as before, and as was said since.

    `done` is the merge, `root` the case in which all of it stands now.
    """
    before = done.before
    homes = cases_below(absorbed.id)
    came_back = said_since(root.id, since=done.merged_at, homes=homes)
    all_since = said_since(root.id, since=done.merged_at, homes=cases_below(root.id))
    db.execute(
        "UPDATE conversations_merge SET undone_at = %s, undone_by_id = %s WHERE id = %s", [at, _agent(by), done.id]
    )
    db.execute(_FORGET_UNDO, [[root.id]])
    db.execute(
        """UPDATE conversations_message SET conversation_id = %(case)s, home_id = nullif(home_id, %(case)s)
           WHERE conversation_id = %(root)s AND home_id = ANY(%(homes)s)""",
        {"case": absorbed.id, "root": root.id, "homes": homes},
    )
    db.execute(
        """UPDATE conversations_conversation SET merged_into_id = nullif(%(case)s, id), version = version + 1
           WHERE id = ANY(%(homes)s)""",
        {"case": absorbed.id, "homes": homes},
    )
    take_out(Came.of(before), absorbed=absorbed.id, holder=done.into_id, root=root.id)
    _stand_again(absorbed, before["absorbed"], retold(_state_in(before["absorbed"]), came_back), at=at)
    if done.into_id == root.id:
        rest = said_since(root.id, since=done.merged_at, homes=cases_below(root.id))
        if _state_of(root) == retold(_state_in(before["made"]), all_since):  # nobody has moved it by hand since
            _stand_again(root, before["into"], retold(_state_in(before["into"]), rest), at=at)
    recount(absorbed.id)
    recount(root.id)
    record(
        Happening("conversation.unmerged", "conversation", absorbed.number, absorbed.id, absorbed.customer_id,
                  {"out_of": root.number, "merge": done.id}),
        Happening("conversation.released", "conversation", root.number, root.id, root.customer_id,
                  {"number": absorbed.number, "merge": done.id}),
        by=by, at=at,
    )  # fmt: skip


def root_of(conversation: int) -> int:
    """Where the messages of a case stand: itself, or what it was merged into. A side conversation stands for itself."""
    return int(
        db.value(
            """SELECT CASE WHEN side_of_id IS NULL THEN coalesce(merged_into_id, id) ELSE id END
               FROM conversations_conversation WHERE id = %s""",
            [conversation],
        )
    )


def note_home(message: int, *, home: int) -> None:
    """A message came by the thread of a case that is merged: with its unmerge it goes there."""
    db.execute(
        "UPDATE conversations_message SET home_id = %s WHERE id = %s AND conversation_id <> %s", [home, message, home]
    )


def is_merged(conversation: int) -> bool:
    return merge_of(conversation) is not None


def _stand(case: Any, state: State, *, snoozed: datetime | None, at: datetime) -> dict[str, Any]:
    """Writes a state; as JSON, how it stands then."""
    is_kept = case.category == state.category
    status = case.status_id if is_kept else status_of_category(state.category).id
    _write(case.id, state, status=status, resolved=case.resolved_at, snoozed=snoozed, at=at)
    return {
        "category": state.category,
        "status_id": status,
        "waiting_since": _text(state.waiting_since),
    }


def _stand_again(case: Any, before: dict[str, Any], state: State, *, at: datetime) -> None:
    """As it stood before, with the status it had where that still fits."""
    is_same = state.category == before["category"]
    status = before["status_id"] if is_same else status_of_category(state.category).id
    resolved = _moment(before.get("resolved_at")) if is_same else None
    _write(
        case.id,
        state,
        status=status,
        resolved=resolved,
        snoozed=_moment(before.get("snoozed_until")) if is_same else None,
        at=at,
    )


def _write(
    case: int, state: State, *, status: int, resolved: datetime | None, snoozed: datetime | None, at: datetime
) -> None:
    db.execute(
        _STAND,
        {
            "case": case, "category": state.category, "status": status, "since": state.waiting_since,
            "resolved": resolved, "snoozed": snoozed if snoozed and snoozed > at else None, "at": at,
        },
    )  # fmt: skip


def _standing(case: Any) -> dict[str, Any]:
    moments = ("waiting_since", "resolved_at", "snoozed_until")
    return {"category": case.category, "status_id": case.status_id} | {
        name: _text(getattr(case, name)) for name in moments
    }


def _state_of(case: Any) -> State:
    return State(case.category, case.waiting_since)


def _state_in(before: dict[str, Any]) -> State:
    return State(before["category"], _moment(before["waiting_since"]))


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _agent(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
