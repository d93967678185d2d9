"""A merge is undone, whenever: what belongs to the absorbed case goes back to it, also what came by its thread since."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.commands import cases, merging
from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.conversations.queries.merges import merge_by_id, standing_conversation_for
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person
from careline.flows.keep_open_complaints import keep_open_complaints
from careline.flows.keep_pending import keep_pending
from careline.flows.merge import VERB, Merged, agreed


def unmerge(agent: Person, number: int, merge: int, *, by: Actor, at: datetime) -> Merged:
    """Takes a case out again. `number` is either of the two; the verb is needed on both. Raises NotFound, Forbidden, Refused."""
    return agreed(lambda: _unmerged(agent, number, merge, by=by, at=at))


def _unmerged(agent: Person, number: int, merge: int, *, by: Actor, at: datetime) -> Merged:
    asked = standing_conversation_for(agent, number, verb=VERB)
    done = merge_by_id(merge)
    absorbed = conversation_by_id(done.absorbed_id) if done is not None else None
    root = merging.root_of(absorbed.id) if absorbed is not None else 0
    if done is None or absorbed is None or done.is_split or asked.id not in (root, done.absorbed_id, done.into_id):
        raise NotFound(f"There is no merge {merge} in case {number}.")
    conversation_for(agent, absorbed.number, verb=VERB)
    held = cases.locked_in_order(absorbed.id, root, done.into_id)
    fresh = merge_by_id(merge)
    if fresh is None or fresh.undone_at is not None:
        raise Refused(f"Case {absorbed.number} was taken out of case {done.into_number} already.")
    if held[absorbed.id].merged_into_id != root:
        raise Refused("Somebody merged or parted these cases this moment: look again.")
    merging.unmerge(fresh, absorbed=held[absorbed.id], root=held[root], by=by, at=at)
    copy_reach(absorbed.id)
    keep_promises([absorbed.id, root], by=by, at=at)
    keep_pending([absorbed.id, root])
    keep_open_complaints([absorbed.id, root])
    return Merged(merge, absorbed.number, held[root].number)
