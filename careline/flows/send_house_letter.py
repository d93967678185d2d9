"""A mail of the house to one of its own people leaves: from the first mailbox, by its way out."""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid

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
from careline.domain.company.queries import company
from careline.domain.staff.house_letters import claim_letter, note_failed, note_sent, token_of

_PLACES = {"entry": "sign-in", "password": "new-password"}


def send_house_letter(*, at: datetime) -> bool:
    """Sends one that is due; False where none is. A failure is tried again, until its link would be too old."""
    due = claim_letter(at=at)
    if due is None:
        return False
    box = next((channel for channel in channels(kind="email") if channel.address), None)
    try:
        route = _route(box)
    except BadRoute as error:
        note_failed(due.id, error=str(error))
        return True
    if route is None:
        note_failed(due.id, error=NO_WAY_OUT)
        return True
    sender = box.address if box is not None else f"careline@{settings.PUBLIC_URL.split('://')[-1].split(':')[0]}"
    with translation.override(due.language or "en"):
        subject, text = _words(due.kind, name=due.name, token=token_of(due))
    named = company()
    letter = Letter(
        from_=Party(sender, named.name if named else "Careline"), to=(Party(due.email, due.name),), date=at, subject=subject,
        message_id=make_msgid(domain=sender.rpartition("@")[2]), text=text, auto_submitted="auto-generated",
    )  # fmt: skip
    result = held(route).send(compose(letter), mail_from=sender, recipients=[due.email])
    fate = result.fates[due.email]
    if fate.outcome in (Outcome.SENT, Outcome.UNCERTAIN):
        note_sent(due.id, at=at)
    else:
        note_failed(due.id, error=fate.words)
    return True


def _route(box: ChannelRow | None) -> RouteSettings | None:
    if box is not None and way_out(box):
        return route_of(box)
    return route_from(settings.SMTP_URL) if settings.SMTP_URL else None


def _words(kind: str, *, name: str, token: str) -> tuple[str, str]:
    if kind == "digest":  # written whole by tell_by_mail
        subject, _blank, text = token.partition("\n\n")
        return subject, text
    address = f"{settings.PUBLIC_URL}/{_PLACES[kind]}/{token}"
    asked = _("It works once, for 20 minutes. If you did not ask for it, there is nothing to do.")
    if kind == "password":
        lead = _("Hello %(name)s,\n\nset a new password for Careline here:") % {"name": name}
        return _("A new password for Careline"), f"{lead}\n\n{address}\n\n{asked}\n"
    lead = _("Hello %(name)s,\n\nthis link signs you in to Careline:") % {"name": name}
    return _("Your sign-in link for Careline"), f"{lead}\n\n{address}\n\n{asked}\n"
