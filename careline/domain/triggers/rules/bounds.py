"""Of which teams a rule is: read from its conditions, so that whoever leads a team writes rules for it and for no other."""

from __future__ import annotations

from typing import Any


def teams_of(conditions: Any) -> frozenset[int]:
    """One of these teams has every case that fits; empty where a case of any team, or of none, may fit."""
    if not isinstance(conditions, dict):
        return frozenset()
    if conditions.get("fact") == "team":
        return _named(conditions.get("is"))
    parts = conditions.get("all")
    found = [teams for part in parts if (teams := teams_of(part))] if isinstance(parts, list) else []
    return frozenset.intersection(*found) if found else frozenset()


def _named(values: Any) -> frozenset[int]:
    keys = values if isinstance(values, list) else [values]
    if not all(isinstance(key, str | int) and str(key).isascii() and str(key).isdigit() for key in keys):
        return frozenset()  # "none" among them: then cases of no team fit as well
    return frozenset(int(key) for key in keys)
