"""The pages of the help centre."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.entrypoints.portal.guest import Guest, absent, shown


def front(guest: Guest) -> HttpResponse:
    return shown(guest, "help/front", _("Help"))


def of_language(guest: Guest, language: str) -> HttpResponse:
    return absent(guest)
