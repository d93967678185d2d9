"""What somebody chooses to be told of, how, and when not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.notifications.commands.choosing import choose, leave_undisturbed
from careline.domain.notifications.queries.chosen import devices_of, wishes_of
from careline.domain.notifications.rules.choices import WAYS, UnfitChoice
from careline.domain.notifications.rules.kinds import KINDS
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.flows.notice_words import kind_words
from careline.flows.tell_device import own_key

HERE = "/settings/notifications"
_PAUSES = {"hour": timedelta(hours=1), "four": timedelta(hours=4)}


def choices(visit: Visit) -> HttpResponse:
    wishes = wishes_of([visit.person.id])[visit.person.id]
    chosen, until = wishes.choices, wishes.undisturbed_until
    return page(
        visit, "notices/choices", "settings", _("Notifications"),
        kinds=[{"code": kind, "name": kind_words(kind)[0], "when": kind_words(kind)[1], "ways": chosen.ways[kind]} for kind in KINDS],
        ways=dict(zip(WAYS, (_("In the page"), _("On my devices"), _("By mail")), strict=True)),
        days=[{"day": day, "name": name, "span": chosen.quiet.get(day)} for day, name in enumerate(_days())],
        chosen=chosen, paces=_paces(), zone=str(wishes.zone), push_key=own_key(),
        paused=moment_text(until, visit) if until and until > visit.at else "",
        devices=[
            {"id": row.id, "name": row.name or _("A browser"), "added": moment_text(row.added_at, visit), "told": moment_text(row.told_at, visit)}
            for row in devices_of(visit.person.id)
        ],
        is_saved="saved" in visit.asked,
    )  # fmt: skip


def chosen(visit: Visit) -> HttpResponse:
    form = visit.form
    quiet = {
        str(day): [form.get(f"from-{day}", ""), form.get(f"to-{day}", "")] for day in range(7) if form.get(f"quiet-{day}")
    }  # fmt: skip
    kept: dict[str, Any] = {
        "ways": {kind: form.getlist(f"way-{kind}") for kind in KINDS},
        "pace": form.get("pace", ""),
        "daily_at": form.get("daily_at", ""),
        "quiet": quiet,
        "urgent_through": bool(form.get("urgent_through")),
        "says": form.get("says", ""),
        "sound": bool(form.get("sound")),
    }
    try:
        choose(visit.person.id, kept, by=visit.by, at=visit.at)
    except UnfitChoice as wrong:
        raise Refused(_("Give each time of day as in 08:00, and each quiet day a beginning and an end.")) from wrong
    return HttpResponseRedirect(f"{HERE}?saved=1")


def paused(visit: Visit) -> HttpResponse:
    """For an hour, for four, or until eight tomorrow morning in their own zone."""
    asked = visit.form.get("until", "")
    if asked not in (*_PAUSES, "tomorrow"):
        raise Refused(_("Say until when."))
    zone = wishes_of([visit.person.id])[visit.person.id].zone
    tomorrow = visit.at.astimezone(zone).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1)
    until = visit.at + _PAUSES[asked] if asked in _PAUSES else tomorrow
    leave_undisturbed(visit.person.id, until=until, by=visit.by, at=visit.at)
    return _again()


def resumed(visit: Visit) -> HttpResponse:
    leave_undisturbed(visit.person.id, until=None, by=visit.by, at=visit.at)
    return _again()


def _again() -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": HERE})


def _days() -> tuple[str, ...]:
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def _paces() -> dict[str, str]:
    return {
        "away": _("Only what I have not seen for two days"),
        "daily": _("Once a day"),
        "hourly": _("Once an hour"),
        "at_once": _("At once"),
    }
