"""Which case a message belongs to, once the cases it touches are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a message touches by a reference or a token.

    `is_signed`: the message bears a token of ours for it, which nobody can guess. `takes_part`: the sender is an active
    participant. `is_untouched`: nobody of the house has worked on it yet. `bears_same_id`: it holds a message with the
    same external id. `home` is the case of the nearest message that it names, which may be merged into this one;
    `nearness` tells how near that is, 0 for what it answers. `is_apart`: somebody has taken it apart from another one.
    """

    conversation: int
    number: int
    takes_part: bool
    is_signed: bool
    is_untouched: bool
    bears_same_id: bool = False
    home: int = 0
    nearness: int = 0
    is_apart: bool = False
    is_side: bool = False
    is_spam: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a case (None: a new one), cases to draw into it, and a case it may belong to."""

    conversation: int | None = None
    absorbed: tuple[int, ...] = ()
    hint: int | None = None
    is_stranger: bool = False
    is_doubtful: bool = False
    home: int | None = None
    is_side: bool = False
    is_spam: bool = False


def place_of(candidates: Sequence[Candidate]) -> Place:
    """A signed token wins; then the oldest case the sender takes part in; a guessed reference earns a hint only.

    A message that ties several cases of the same people together (a parent arriving after its answers) draws the
    younger ones in, as long as nobody has worked on them. What somebody has taken apart stays apart: there the nearest
    reference says where a message belongs.
    """
    doubtful = any(candidate.bears_same_id for candidate in candidates)
    allowed = sorted((c for c in candidates if c.is_signed or c.takes_part), key=lambda c: (not c.is_signed, c.number))
    if not allowed:
        hint = min((c.number for c in candidates), default=None)
        return Place(hint=hint, is_doubtful=doubtful)
    absorbed: tuple[int, ...] = ()
    if any(c.is_apart for c in allowed):
        chosen = min(allowed, key=lambda c: (c.nearness, not c.is_signed, c.number))
    else:
        chosen = allowed[0]
        absorbed = tuple(
            c.conversation for c in allowed[1:] if c.is_untouched and c.takes_part and not chosen.is_signed
        )
    return Place(
        chosen.conversation, absorbed, is_stranger=not chosen.takes_part, is_doubtful=doubtful, home=chosen.home or None,
        is_side=chosen.is_side, is_spam=chosen.is_spam,
    )  # fmt: skip
