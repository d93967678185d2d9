"""The page where people change their keys, and switch single keys off."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.staff.preference_rules import is_key
from careline.domain.staff.preferences import prefer, preferences_of
from careline.entrypoints.web.keymap import BY_NAME, KEYMAP, Shortcut, chosen_keys, clash, keys_of
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit


def keyboard(visit: Visit) -> HttpResponse:
    return page(visit, "keys/keyboard", "settings", _("Keyboard"), **_shown(visit.person.preferences))


def switched(visit: Visit) -> HttpResponse:
    """Single keys on, or off."""
    return _kept(visit, "single_keys", bool(visit.form.get("on")))


def key_set(visit: Visit, name: str) -> HttpResponse:
    """Another key for an action, or none. Refused where it is no key, or in the way of another."""
    shortcut = _changeable(name)
    key, changes = visit.form.get("key", "").strip(), preferences_of(visit.person.id)["keys"]
    if key and not is_key(key):
        raise Refused(
            _("Press one key, or up to three after one another. Keys with Ctrl, ⌘ or Alt belong to the browser.")
        )
    if key and (other := clash(name, key, changes)) is not None:
        raise Refused(
            _("%(key)s is in the way of “%(other)s”. Give that another key first, or take one that is free.")
            % {"key": key, "other": _(other.label)}
        )
    return _kept(visit, "keys", changes | {shortcut.name: [key] if key else []})


def key_reset(visit: Visit, name: str) -> HttpResponse:
    """The keys that it has by default, unless they are somebody else's meanwhile."""
    shortcut = _changeable(name)
    changes = {key: value for key, value in preferences_of(visit.person.id)["keys"].items() if key != name}
    for key in shortcut.keys:
        if (other := clash(name, key, changes)) is not None:
            raise Refused(
                _("%(key)s is “%(other)s” now. Give that another key first.") % {"key": key, "other": _(other.label)}
            )
    return _kept(visit, "keys", changes or None)


def all_reset(visit: Visit) -> HttpResponse:
    return _kept(visit, "keys", None)


def _kept(visit: Visit, name: str, value: Any) -> HttpResponse:
    prefer(visit.person.id, name, value, by=visit.by, at=visit.at)
    return part(visit, "keys/_keymap", **_shown(preferences_of(visit.person.id)))


def _changeable(name: str) -> Shortcut:
    found = BY_NAME.get(name)
    if found is None or found.is_fixed:
        raise NotFound(f"There is no shortcut {name} to change.")
    return found


def _shown(preferences: dict[str, Any]) -> dict[str, Any]:
    changes = preferences["keys"]
    groups = [
        {"name": _(group), "shortcuts": [_row(one, changes) for one in members]}
        for group, members in groupby(KEYMAP, key=lambda one: one.group)
    ]
    return {
        "groups": groups,
        "is_on": preferences["single_keys"],
        "changed": len(changes),
        "mine": chosen_keys(preferences, agent=0),
    }


def _row(one: Shortcut, changes: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "name": one.name, "label": _(one.label), "symbol": one.symbol, "pressed": keys_of(one, changes), "also": one.also,
        "is_fixed": one.is_fixed, "is_changed": one.name in changes,
    }  # fmt: skip
