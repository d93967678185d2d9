"""How people like their screens."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from careline.domain.staff.preference_rules import UnfitPreference
from careline.domain.staff.preferences import prefer, preferences_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, route

Key = Annotated[
    str, Meta(pattern=r"^(Shift\+)?\S( (Shift\+)?\S){0,2}$", description="As in `d`, `Shift+d`, `#` or `g i`.")
]
Keys = dict[Annotated[str, Meta(pattern="^[a-z][a-z_]{0,39}$")], Annotated[list[Key], Meta(max_length=3)]]
Sections = Annotated[list[Annotated[str, Meta(pattern="^[a-z][a-z_]{0,39}$")]], Meta(max_length=30)]


class Preferences(Struct):
    """`keys`: what you changed of the keyboard map, by action, as in {"resolve": ["d"]}; `single_keys`: whether single keys act.

    `rail_folded`: which sections beside a case are shut: about, cases, notes, consent.
    """

    keys: Keys
    single_keys: bool
    rail_folded: Sections


class PreferencesChange(Struct, forbid_unknown_fields=True):
    """What is not given stays; null goes back to the default."""

    keys: Keys | UnsetType | None = UNSET
    single_keys: bool | UnsetType | None = UNSET
    rail_folded: Sections | UnsetType | None = UNSET


@route("GET", "/me/preferences", answer=Preferences)
def preferences(call: Call) -> Any:
    """How you like your screens."""
    return Preferences(**preferences_of(call.person.id))


@route("PATCH", "/me/preferences", body=PreferencesChange, answer=Preferences)
def changed_preferences(call: Call) -> Any:
    """Changes how you like your screens."""
    for name, value in structs.asdict(call.body).items():
        if value is not UNSET:
            try:
                prefer(call.person.id, name, value, by=call.by, at=call.at)
            except UnfitPreference as wrong:
                raise Wrong((wrong.name, str(wrong))) from wrong
    return preferences(call)
