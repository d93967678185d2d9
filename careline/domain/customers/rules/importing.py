"""What becomes of a row of a sheet: somebody new, somebody changed, nothing, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from careline.domain.customers.rules.columns import Entry

CARD = ("name", "language", "time_zone", "notes", "organisation_id")


@dataclass(slots=True)
class Judged:
    """`after` holds what changes on a card that there is: its columns, `keys` and `purposes` to add, `remark` to write."""

    outcome: str
    reason: str = ""
    customer: int | None = None
    after: dict[str, Any] = field(default_factory=dict)


def judged(
    entry: Entry,
    *,
    owners: Iterable[int],
    cards: dict[int, dict[str, Any]],
    company: int | None,
    is_updating: bool,
) -> Judged:
    """`owners` are those who have its addresses.

    `company` is the key of the entry's company; 0 where it would be a new one.
    """
    if entry.wrong:
        return Judged("refused", " ".join(entry.wrong))
    known = sorted(set(owners))
    if len(known) > 1:
        return Judged("refused", f"Its addresses belong to {len(known)} customers ({', '.join(map(str, known[:5]))}).")
    if not known:
        return Judged("new")
    card = cards.get(known[0])
    if card is None:
        return Judged("refused", "The customer was merged or erased meanwhile.")
    after = _changes(entry, card, company=company, is_updating=is_updating)
    return Judged("changed" if after else "same", customer=known[0], after=after)


def _changes(entry: Entry, card: dict[str, Any], *, company: int | None, is_updating: bool) -> dict[str, Any]:
    said: dict[str, Any] = dict(entry.card)
    if company is not None:
        said["organisation_id"] = company
    after = {
        name: value for name, value in said.items() if value != card[name] and (is_updating or card[name] in ("", None))
    }
    fields = {
        code: value
        for code, value in entry.fields.items()
        if card["fields"].get(code) != value and (is_updating or code not in card["fields"])
    }
    if fields:
        after["fields"] = {**card["fields"], **fields}
    for name, said_too, held in (("keys", entry.keys, card["keys"]), ("purposes", entry.consents, card["purposes"])):
        more = [one for one in said_too if one not in held]
        if more:
            after[name] = more
    if entry.note and entry.note not in card["remarks"]:
        after["remark"] = entry.note
    return after
