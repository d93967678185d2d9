"""The access record on a page: who got in, from where, and what was changed about people and their rights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.staff.access_record import access_record
from careline.domain.staff.queries import agents
from careline.domain.staff.rules import require
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number

ROWS = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SENTENCES = {
    "agent.signed_in": gettext_noop("signed in"), "agent.signed_out": gettext_noop("signed out"),
    "agent.sign_in_failed": gettext_noop("a failed try to get in"), "access.refused": gettext_noop("was refused"),
    "agent.added": gettext_noop("was added"), "agent.role_changed": gettext_noop("got other roles"),
    "agent.deactivated": gettext_noop("has left: access ended"), "agent.reactivated": gettext_noop("is back"),
    "agent.reports_to": gettext_noop("reports to somebody else"), "agent.password_changed": gettext_noop("has a new password"),
    "link.issued": gettext_noop("a sign-in link was made"), "link.used": gettext_noop("a link was used"),
    "token.issued": gettext_noop("an API token was made"), "token.revoked": gettext_noop("an API token was revoked"),
    "session.ended": gettext_noop("was signed out elsewhere"), "factor.added": gettext_noop("a second factor was added"),
    "factor.removed": gettext_noop("a second factor was removed"), "factor.reset": gettext_noop("all second factors were removed"),
    "factor.recovery_used": gettext_noop("a recovery code was used"), "factor.recovery_made": gettext_noop("new recovery codes were made"),
    "deputy.named": gettext_noop("a deputy was named"), "deputy.began": gettext_noop("stands in for a colleague from now on"),
    "deputy.ended": gettext_noop("no longer stands in"), "role.added": gettext_noop("the role was made"),
    "role.changed": gettext_noop("the role was changed"), "role.removed": gettext_noop("the role was removed"),
    "team.added": gettext_noop("the team was added"), "team.changed": gettext_noop("the team has other members"),
    "team.renamed": gettext_noop("the team was changed"), "provider.added": gettext_noop("single sign-on was set up"),
    "provider.changed": gettext_noop("single sign-on was changed"), "identity.linked": gettext_noop("was linked to single sign-on"),
    "agent.changed": gettext_noop("was changed"), "customers.exported": gettext_noop("exported customers"),
    "agent.availability_changed": gettext_noop("is there, busy or away"), "agent.capacity_changed": gettext_noop("can have more or less at once"),
    "agent.skills_changed": gettext_noop("has other skills"), "agent.preferred": gettext_noop("chose something for themselves"),
    "agent.notices_chosen": gettext_noop("chose what they are told"), "agent.muted": gettext_noop("hears no more of a case"),
    "agent.unmuted": gettext_noop("hears of a case again"), "agent.device_added": gettext_noop("is told on one more device"),
    "agent.device_removed": gettext_noop("is told on one device less"), "cases.exported": gettext_noop("exported cases"),
    "complaints.exported": gettext_noop("exported complaints"), "queue.changed": gettext_noop("the queue gives out work in another way"),
    "team.closing_ruled": gettext_noop("what closing a case asks for was changed"),
    "team.reopening_changed": gettext_noop("resolved cases open in another way"), "team.sending_ruled": gettext_noop("who sends was changed"),
}  # fmt: skip
_ALARMING = {"agent.sign_in_failed", "access.refused", "factor.reset"}


def access_record_shown(visit: Visit) -> HttpResponse:
    require(visit.person, "audit:read")
    person = whole_number(visit.asked.get("person"))
    name = visit.asked.get("what", "")
    name = name if name in SENTENCES else ""
    found = access_record(limit=ROWS + 1, person=person, name=name, before=_before(visit.asked.get("after", "")))
    more = ""
    if len(found) > ROWS:
        last = found[ROWS - 1]
        asked = {
            "person": person or "",
            "what": name,
            "after": f"{(last.at - _EPOCH) // timedelta(microseconds=1)}-{last.id}",
        }
        more = f"/access-record?{urlencode(asked)}"
    return page(
        visit, "access/access_record", "settings", _("Access record"), rows=[row_of(row, visit) for row in found[:ROWS]], more=more,
        people=[{"id": one.id, "name": one.name} for one in agents()], person=person, what=name,
        kinds=[(key, _(words)) for key, words in SENTENCES.items()],
    )  # fmt: skip


def row_of(row: Any, visit: Visit) -> dict[str, Any]:
    data = row.data
    details = [str(data[key]) for key in ("how", "code", "role") if data.get(key)]
    details += [f"+ {line}" for line in data.get("given", ())] + [f"− {line}" for line in data.get("taken", ())]
    details += list(data.get("scopes", ()))
    return {
        "at": moment_text(row.at, visit), "what": _(SENTENCES[row.name]) if row.name in SENTENCES else row.name,
        "who": row.subject_name or _("Somebody unknown"), "details": ", ".join(details), "place": row.place, "device": row.device,
        "by": _by(row), "is_alarming": row.name in _ALARMING,
    }  # fmt: skip


def _by(row: Any) -> str:
    """Empty where somebody did it to themselves."""
    if row.actor_kind == "agent":
        is_self = row.subject_kind == "agent" and row.subject_key == row.actor_id
        return "" if is_self else row.actor_name or str(row.actor_id)
    return _("the command line") if row.via == "console" else "" if row.subject_kind == "agent" else _("Careline")


def _before(after: str) -> tuple[datetime, int] | None:
    micros, _sep, key = after.partition("-")
    numbers = whole_number(micros), whole_number(key)
    if numbers[0] is None or numbers[1] is None or numbers[0] > 2**53:
        return None
    return _EPOCH + timedelta(microseconds=numbers[0]), numbers[1]
