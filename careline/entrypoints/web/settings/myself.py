"""What people say of themselves: their name, their language, their time zone."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.staff.oneself import change_oneself
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import language_name


def myself(visit: Visit) -> HttpResponse:
    who = visit.person
    return _shown(visit, {"name": who.name, "language": who.language, "time_zone": who.time_zone}, {})


def changed(visit: Visit) -> HttpResponse:
    given = {name: " ".join(visit.form.get(name, "").split()) for name in ("name", "language", "time_zone")}
    errors = _errors(given)
    if errors:
        return _shown(visit, given, errors, status=422)
    change_oneself(visit.person.id, by=visit.by, at=visit.at, **given)
    return HttpResponseRedirect("/settings/me")


def _errors(given: dict[str, str]) -> dict[str, str]:
    found = {}
    if not 0 < len(given["name"]) <= 200:
        found["name"] = _("Give a name of up to 200 characters.")
    if given["language"] and given["language"] not in dict(settings.LANGUAGES):
        found["language"] = _("Choose one of the languages in the list.")
    if given["time_zone"] and given["time_zone"] not in available_timezones():
        found["time_zone"] = _("There is no time zone of this name. Write one as in Europe/Berlin.")
    return found


def _shown(visit: Visit, form: dict[str, str], errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    house = visit.person.house_language or "en"
    return page(
        visit, "settings/myself", "settings", _("You"), status=status, form=form, errors=errors, languages=settings.LANGUAGES,
        house=language_name(house), zones=sorted(available_timezones()),
    )  # fmt: skip
