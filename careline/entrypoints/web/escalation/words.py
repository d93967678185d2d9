"""Steps of a ladder and what became of them, as sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.routing.rules.ladders import SUPERIOR, TEAM, Rung
from careline.domain.staff.queries import roles, teams
from careline.entrypoints.web.routing.words import reason_words
from careline.entrypoints.web.words import role_text


def rung_words(rung: Rung) -> str:
    """Who stands there."""
    if rung.kind == SUPERIOR:
        return _("Whoever the assignee reports to")
    if rung.kind == TEAM:
        return _("Team %(name)s") % {"name": next((row.name for row in teams() if row.id == rung.team), "?")}
    return _("Everybody who is %(role)s") % {
        "role": role_text(next((row.name for row in roles() if row.code == rung.role), rung.role))
    }


def reason_of(row: Any) -> str:
    """One step as it was taken: who asked, why, and whom it reached."""
    said = {"step": row.name, "by": row.by_name or "Careline", "to": row.agent_name or row.team_name or ""}
    if row.level < row.from_level:
        return _("%(by)s brought it down.") % said
    if row.level == row.from_level and not row.name:
        return _("It was to go up, but nobody above may see it.")
    reasons = {
        "by_hand": _("%(by)s asked for: %(step)s.") % said, "late": _("The promised answer was late: %(step)s.") % said,
        "unanswered": _("It was not answered: %(step)s.") % said, "rule": _("A rule asked for: %(step)s.") % said,
        "reopened": _("It was opened again too often: %(step)s.") % said,
    }  # fmt: skip
    reached = _("%(to)s has it since.") % said if said["to"] else _("Nobody was there.")
    return _("%(why)s %(reached)s") % {"why": reasons.get(row.reason, row.name), "reached": reached}


def steps_passed(row: Any) -> list[str]:
    """What was against those that were asked in vain."""
    return [line for _level, reasons in row.passed for line in reason_words(reasons)]
