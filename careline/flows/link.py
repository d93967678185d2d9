"""Two cases have to do with each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, duplicates, links
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.links import links_of, parents_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person
from careline.flows.merge import agreed
from careline.flows.resolve import resolve

KINDS = ("related", "parent", "child", "duplicate")
VERB = "conversation:label"


def link(agent: Person, number: int, other: int, kind: str, *, resolves: bool = False, by: Actor, at: datetime) -> int:
    """The link's key. `kind` says what the other case is to this one: its parent, its child, the same matter (then this one may
    be resolved with it). Raises NotFound, Forbidden, MergedAway, Refused."""
    return agreed(lambda: _linked(agent, number, other, kind, resolves=resolves, by=by, at=at))


def unlink(agent: Person, number: int, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = conversation_for(agent, number, verb=VERB)
        found = next((one for one in links_of(case.id, agent) if one["id"] == key), None)
        if found is None:
            raise NotFound(f"There is no link {key} in case {number}.")
        other = conversation_for(agent, found["number"])
        links.unlink(key, case=case, other=other, kind=found["kind"], by=by, at=at)


def keep_apart(agent: Person, number: int, other: int, *, by: Actor, at: datetime) -> None:
    """The two are not the same, somebody says: they are not suggested again. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case, second = conversation_for(agent, number, verb=VERB), conversation_for(agent, other)
        duplicates.note_no_duplicate(case, other=second, by=by, at=at)


def _linked(agent: Person, number: int, other: int, kind: str, *, resolves: bool, by: Actor, at: datetime) -> int:
    one, two = conversation_for(agent, number, verb=VERB), conversation_for(agent, other)
    if kind not in KINDS:
        raise Refused(f"There is no kind of link {kind!r}; there are {', '.join(KINDS)}.")
    if one.id == two.id:
        raise Refused("A case can't be linked to itself.")
    held = cases.locked_in_order(one.id, two.id)
    for case in held.values():
        cases.refuse_merged(case)
    child, parent = (two, one) if kind == "child" else (one, two)
    if kind in ("parent", "child"):
        if child.id in (parent.id, *parents_of(parent.id)):
            raise Refused("That would make a circle: the one is above the other already.")
        if parents_of(child.id):
            raise Refused(f"Case {child.number} has a parent already.")
    stored = "parent" if kind == "child" else kind
    key = links.link(held[child.id], other=held[parent.id], kind=stored, by=by, at=at)
    if key is None:
        raise Refused("The two are linked already: remove that link first.")
    if resolves and kind == "duplicate":
        resolve(agent, number, by=by, at=at)
    return key
