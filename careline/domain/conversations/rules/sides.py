"""Who may be on a side conversation: nobody of the case itself, so that no answer can ever go to the wrong side."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from careline.domain.conversations.rules.recipients import Person


def objections(to: Iterable[Person], *, on_the_case: Collection[str], own: Collection[str]) -> list[str]:
    """One sentence for each address that can't be asked aside."""
    customers, ours = ({address.lower() for address in known} for known in (on_the_case, own))
    found = []
    for person in to:
        address = person.value.lower()
        if address in ours:
            found.append(f"{person.value} is a mailbox of ours.")
        elif address in customers:
            found.append(f"{person.value} is on the case itself: answer there.")
    return found
