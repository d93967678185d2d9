"""What somebody sets for themselves."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.entrypoints.web.pages import page
from careline.entrypoints.web.settings.settings_pages import groups_for
from careline.entrypoints.web.visit import Visit


def settings(visit: Visit) -> HttpResponse:
    return page(visit, "settings/settings", "settings", _("Settings"), groups=groups_for(visit.person))
