"""Who receives an answer. Nobody drops out silently: what this returns is shown before sending and is what is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody outside on a case."""

    value: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Recipients:
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()

    @property
    def everyone(self) -> tuple[Person, ...]:
        return self.to + self.cc + self.bcc


def answer_to(
    *,
    requester: Person | None,
    reply_to: Sequence[Person],
    others: Sequence[Person],
    own: Collection[str],
    everybody: bool,
) -> Recipients:
    """To: where the last incoming message asked for answers, else the requester. Cc (reply all): all other active participants.

    Our own addresses never receive our answers; nobody stands twice; order is kept.
    """
    ours = {address.lower() for address in own}
    first = list(reply_to) or ([requester] if requester else [])
    to = _once(first, without=ours)
    if not everybody:
        return Recipients(to=to)
    kept = [requester] if requester and reply_to else []
    taken = ours | {person.value.lower() for person in to}
    return Recipients(to=to, cc=_once([*kept, *others], without=taken))


def _once(people: Sequence[Person], *, without: Collection[str]) -> tuple[Person, ...]:
    seen = set(without)
    kept = []
    for person in people:
        key = person.value.lower()
        if key and key not in seen:
            seen.add(key)
            kept.append(person)
    return tuple(kept)
