"""The line under an answer by mail that leads to the customer's own page, where the brand wants it."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import site_of
from careline.domain.customers.queries.portal import portal_rules
from careline.domain.customers.rules.portal import NOBODY
from careline.flows.send_entry_link import pages_url


def request_link(message: Any, case: Any) -> str:
    """Empty where there is to be none: by the brand's choice, to third parties, and under what was said by no agent."""
    if message.auto_reply or message.data.get("forward") or case.side_of_id is not None:
        return ""
    rules = portal_rules(case.brand_id)
    site = site_of(case.brand_id) if rules.links_in_mails and rules.who != NOBODY else None
    if site is None:
        return ""
    with translation.override(case.language or site.languages[0]):
        return _("See your request: %(address)s") % {"address": f"{pages_url(site)}/my/requests/{case.number}"}
