"""What people set for themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from careline.domain.staff.oneself import NoSuchZone, change_oneself
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.people import me
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.house import Language, Me


class MeChange(Struct):
    """What is not given stays; an empty language or time zone means the company's."""

    name: Annotated[str, Meta(min_length=1, max_length=200)] | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    time_zone: Annotated[str, Meta(max_length=64, description="As in Europe/Berlin.")] | UnsetType = UNSET


@route("PATCH", "/me", body=MeChange, answer=Me)
def changed_me(call: Call) -> Any:
    """Changes your own name, language and time zone."""
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if "name" in given:
        given["name"] = " ".join(given["name"].split())
        if not given["name"]:
            raise Wrong(("name", "It is empty."))
    try:
        change_oneself(call.person.id, by=call.by, at=call.at, **given)
    except NoSuchZone as wrong:
        raise Wrong(("time_zone", str(wrong))) from wrong
    call.person = replace(call.person, **given)
    return me(call)
