"""What the API answers: each room puts its functions here, with what goes in and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest

from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person

PREFIX = "/api/v1"


@dataclass(slots=True)
class Call:
    """One call that has been let in: who makes it, and what was asked, in the shapes of its route."""

    request: HttpRequest
    person: Person
    by: Actor
    at: datetime
    path: dict[str, str]
    query: Any = None
    body: Any = None

    @property
    def number(self) -> int:
        return int(self.path["number"])

    @property
    def id(self) -> int:
        return int(self.path["id"])


@dataclass(frozen=True, slots=True)
class Created:
    """An answer of 201 with the address of what was made."""

    location: str
    content: Any


@dataclass(frozen=True, slots=True)
class Waits:
    """An answer of 202: nothing was done yet, somebody is asked; `request` is the approval that waits."""

    request: int | None


Answering = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Route:
    """`answer` is the shape of a good answer, None where it is no JSON. `is_open` needs no token; `is_raw` takes any bytes; `waits`: it
    may answer that somebody has to agree first."""

    method: str
    path: str
    answering: Answering
    room: str
    query: type[msgspec.Struct] | None = None
    body: type[msgspec.Struct] | None = None
    answer: Any = None
    status: int = 200
    is_open: bool = False
    is_raw: bool = False
    waits: bool = False

    @property
    def summary(self) -> str:
        return (self.answering.__doc__ or "").strip().split("\n")[0]

    @property
    def description(self) -> str:
        lines = (self.answering.__doc__ or "").strip().split("\n")[1:]
        return "\n".join(line.strip() for line in lines).strip()


ROUTES: list[Route] = []


def route(method: str, path: str, **shapes: Any) -> Callable[[Answering], Answering]:
    """Puts a function on the list under a method and a path such as `/conversations/{number}`."""

    def enlist(answering: Answering) -> Answering:
        room = answering.__module__.rpartition(".")[2]
        ROUTES.append(Route(method, path, answering, room, **shapes))
        return answering

    return enlist
