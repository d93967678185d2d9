"""What becomes of a row of a sheet: somebody new, somebody changed, nothing, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from careline.domain.customers.rules.columns import Entry
from careline.domain.customers.rules.merging import restored

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


@dataclass(slots=True)
class TakenBack:
    """What an undo does, gathered: whole cards by customer, who goes, and {customer, word} of what is taken away."""

    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    addresses: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)

    def give(self, card: dict[str, Any], row: Any) -> None:
        """The card as it was before the row, as far as nobody changed it since; it is changed in place."""
        after = {name: row.after[name] for name in row.before if name in row.after}
        card |= restored(card, before=row.before, after=after)
        self.changed[card["id"]] = card
        taken = (
            (self.addresses, "keys", row.after.get("keys", ())),
            (self.notes, "remarks", [row.after["remark"]] if row.after.get("remark") else ()),
            (self.consents, "purposes", row.after.get("purposes", ())),
        )
        for gathered, name, words in taken:
            gathered += [{"customer": card["id"], "word": word} for word in words]
            card[name] = [held for held in card[name] if held not in words]


def why_kept(card: dict[str, Any], after: dict[str, Any], *, is_in_use: bool) -> str:
    """Why somebody who came in with an import is not taken back; empty where they are."""
    if is_in_use:
        return "There are cases of this customer by now."
    if any(card[name] != after[name] for name in (*CARD, "fields") if name in after):
        return "The customer was changed since."
    if not set(card["keys"]) <= set(after.get("keys", ())) or not set(card["remarks"]) <= {after.get("remark", "")}:
        return "Something was added to the customer since."
    return ""
