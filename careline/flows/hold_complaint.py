"""A complaint is fetched for a person, and held for what they mean to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.complaints.commands import complaints
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.rules.handling import Reason, Standing
from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.complaints import complaint_for
from careline.domain.staff.rules import Person

WORK = "complaint:work"


@dataclass(frozen=True, slots=True)
class Held:
    """The complaint's row and that of the case it stands in; None where the case has gone."""

    row: Any
    case: Any | None

    @property
    def standing(self) -> Standing:
        one = self.row
        pending = self.case.pending_approvals if self.case is not None else 0
        return Standing(one.state, one.outcome, one.owner_id, one.investigator_id, one.about_id, pending)


def hold_complaint(agent: Person, key: int, *, verb: str = WORK) -> Held:
    """Joins the caller's transaction; the case is held before the complaint. Raises NotFound, Forbidden."""
    found = complaint_for(agent, key, verb=verb)
    case = cases.locked_where_it_stands(found.conversation_id) if found.conversation_id is not None else None
    row = complaints.locked(key)
    if row is None:
        raise NotFound(f"There is no complaint {key}.")
    return Held(row, case)


def refuse(reason: Reason | None) -> None:
    """Raises ComplaintRefused where there is a reason."""
    if reason is not None:
        raise ComplaintRefused(*reason)
