"""The mail with a link to one's own requests leaves, where the address is somebody's; else that it was asked for is forgotten.

The page that asked has answered long before, so how long this takes tells nobody who is known here.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.compose.letter import Letter
from careline.domain.channels.email.compose.writing import compose
from careline.domain.channels.email.outgoing import NO_WAY_OUT, route_of, way_out
from careline.domain.channels.email.route import BadRoute, RouteSettings, route_from
from careline.domain.channels.email.sending import Outcome
from careline.domain.channels.email.smtp import held
from careline.domain.channels.inbound import Party
from careline.domain.channels.queries import channels
from careline.domain.company.queries import Site, site_of
from careline.domain.customers.commands import entering
from careline.domain.customers.queries.portal import address_like, portal_rules, viewer_of
from careline.domain.customers.rules.portal import KNOWN
from careline.domain.desk.queries.portal import is_on_a_case


def send_entry_link(*, at: datetime) -> bool:
    """Sends one that is due; False where none is. A failure is tried again, until its link would be too old."""
    due = entering.claim_link(at=at)
    if due is None:
        return False
    if due.expires_at <= at:
        return True
    site = site_of(due.brand_id)
    value = _known_as(due)
    if site is None or not value or entering.is_one_too_many(due):
        entering.drop_link(due)
        return True
    try:
        _send(due, value, site, at=at)
    except BadRoute as error:
        entering.note_link_failed(due, error=str(error))
    return True


def pages_url(site: Site) -> str:
    """Where a brand's pages are: at its own name, else at the install's address. Never what a browser claims."""
    if not site.domain:
        return str(settings.PUBLIC_URL)
    scheme, _sign, rest = str(settings.PUBLIC_URL).partition("://")
    port = rest.partition("/")[0].rpartition(":")[2]
    return f"{scheme}://{site.domain}" + (f":{port}" if port.isdecimal() else "")


def _known_as(due: Any) -> str:
    """The address as we write to it; empty where it is nobody's, or of somebody who may not sign in."""
    rules = portal_rules(due.brand_id)
    on_file = address_like(due.value)
    if on_file is not None:
        return str(on_file.value) if viewer_of(on_file.customer_id, rules=rules) is not None else ""
    return str(due.value) if rules.who == KNOWN and is_on_a_case(due.value) else ""


def _send(due: Any, value: str, site: Site, *, at: datetime) -> None:
    box = _box_of(site.brand)
    route = _route(box)
    if route is None:
        entering.note_link_failed(due, error=NO_WAY_OUT)
        return
    sender = box.address if box is not None else f"careline@{settings.PUBLIC_URL.split('://')[-1].split(':')[0]}"
    with translation.override(due.language or site.languages[0]):
        subject, text = _words(site, entering.make_words(due))
    letter = Letter(
        from_=Party(sender, site.name), to=(Party(value),), date=at, subject=subject, text=text,
        message_id=make_msgid(domain=sender.rpartition("@")[2]), auto_submitted="auto-generated",
    )  # fmt: skip
    fate = held(route).send(compose(letter), mail_from=sender, recipients=[value]).fates[value]
    if fate.outcome in (Outcome.SENT, Outcome.UNCERTAIN):
        entering.note_link_sent(due, at=at)
    else:
        entering.note_link_failed(due, error=fate.words)


def _words(site: Site, token: str) -> tuple[str, str]:
    lead = _("Hello,\n\nthis link shows you your requests at %(name)s:") % {"name": site.name}
    asked = _("It works once, for 15 minutes. If you did not ask for it, there is nothing to do.")
    subject = _("Your requests at %(name)s") % {"name": site.name}
    return subject, f"{lead}\n\n{pages_url(site)}/my/link/{token}\n\n{asked}\n"


def _box_of(brand: int) -> ChannelRow | None:
    boxes = [channel for channel in channels(kind="email") if channel.address]
    return next((box for box in boxes if box.brand_id == brand), boxes[0] if boxes else None)


def _route(box: ChannelRow | None) -> RouteSettings | None:
    if box is not None and way_out(box):
        return route_of(box)
    return route_from(settings.SMTP_URL) if settings.SMTP_URL else None
