"""Settings → Customers' pages: who may sign in, with what, and who sees the requests of a whole company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import sites
from careline.domain.conversations.errors import Refused
from careline.domain.customers.queries.portal import entitled as entitled_people
from careline.domain.customers.queries.portal import portal_rules
from careline.domain.customers.rules.portal import COMPANY, KNOWN, NOBODY, SEE, WRITE, PortalRules
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.keep_portal import VERB, change_portal, entitle_by_address, no_longer_entitle
from careline.flows.send_entry_link import pages_url

HERE = "/settings/customers-pages"


def pages(visit: Visit, *, error: str = "", address: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    found = sites()
    return page(
        visit, "portal/settings", "settings", _("Customers' pages"), status=status, error=error, address=address,
        brands=[{"id": site.brand, "name": site.name, "url": f"{pages_url(site)}/my", "rules": portal_rules(site.brand)} for site in found],
        people=[
            {"id": row.id, "name": row.name or row.address, "company": row.company or "", "address": row.address,
             "level": WRITE if row.writes else SEE}
            for row in entitled_people()
        ],
        levels=[(SEE, _("Sees the requests of the company")), (WRITE, _("Sees them and writes in them"))],
        who=[(KNOWN, _("Everybody who wrote to us or is on a case")), (COMPANY, _("Only people of a company on file")), (NOBODY, _("Nobody"))],
    )  # fmt: skip


def changed(visit: Visit, brand: int) -> HttpResponse:
    form = visit.form
    rules = PortalRules(
        form.get("who", ""), bool(form.get("logins")), bool(form.get("company_view")), bool(form.get("links_in_mails"))
    )
    return _back(visit, lambda: change_portal(visit.person, brand, rules=rules, by=visit.by, at=visit.at))


def entitled(visit: Visit) -> HttpResponse:
    address = visit.form.get("address", "").strip()[:320]
    level = visit.form.get("level", SEE)
    return _back(
        visit, lambda: entitle_by_address(visit.person, address, level=level, by=visit.by, at=visit.at), address=address
    )


def no_longer(visit: Visit, customer: int) -> HttpResponse:
    return _back(visit, lambda: no_longer_entitle(visit.person, customer, by=visit.by, at=visit.at))


def _back(visit: Visit, act: Callable[[], Any], *, address: str = "") -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return pages(visit, error=said(refusal), address=address, status=422)
    return HttpResponseRedirect(HERE)
