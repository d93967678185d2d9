"""What stands on the card of two people who become one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

SIMPLE = ("name", "language", "time_zone", "organisation_id", "preferred_channel")


def card_after(survivor: dict[str, Any], merged: dict[str, Any], *, take: Collection[str] = ()) -> dict[str, Any]:
    """The survivor's columns that change, with their new values.

    What `take` names (a column, or field:CODE) comes from the merged one; else the survivor's own stays, and what they
    lack is filled. Notes of both are kept, one below the other; "do not contact" of either holds for both.
    """
    new: dict[str, Any] = {}
    for name in SIMPLE:
        own, other = survivor[name], merged[name]
        if (name in take and other not in ("", None)) or own in ("", None):
            new[name] = other
    new["notes"] = _notes(survivor["notes"], merged["notes"], is_taken="notes" in take)
    new["do_not_contact"] = sorted({*survivor["do_not_contact"], *merged["do_not_contact"]})
    taken = {code: value for code, value in merged["fields"].items() if f"field:{code}" in take}
    new["fields"] = {**merged["fields"], **survivor["fields"], **taken}
    return {name: value for name, value in new.items() if value != survivor[name]}


def restored(now: dict[str, Any], *, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Of what a merge changed, what goes back to how it was: only what nobody changed since; fields one by one."""
    back = {
        name: value for name, value in before.items() if name != "fields" and now.get(name) == after.get(name) != value
    }
    if "fields" in before:
        fields = dict(now["fields"])
        for code in {*before["fields"], *after["fields"]}:
            if fields.get(code) == after["fields"].get(code) != before["fields"].get(code):
                fields[code] = before["fields"].get(code)
        fields = {code: value for code, value in fields.items() if value is not None}
        if fields != now["fields"]:
            back["fields"] = fields
    return back


def _notes(own: str, other: str, *, is_taken: bool) -> str:
    first, second = (other, own) if is_taken else (own, other)
    if not first or not second or second in first:
        return first or second
    return f"{first}\n\n{second}"
