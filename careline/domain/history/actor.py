"""Who does something: every command takes `by=`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    AGENT = "agent"
    CUSTOMER = "customer"
    RULE = "rule"
    BOT = "bot"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `via` is the door (web, api, mail, worker …); `on_behalf_of` the customer or agent acted for."""

    kind: ActorKind
    id: int = 0
    via: str = ""
    on_behalf_of: int | None = None
    token_scopes: frozenset[str] | None = None


SYSTEM = Actor(ActorKind.SYSTEM, via="worker")


def agent(key: int, *, via: str = "web") -> Actor:
    return Actor(ActorKind.AGENT, key, via)


def customer(key: int, *, via: str = "mail") -> Actor:
    return Actor(ActorKind.CUSTOMER, key, via)
