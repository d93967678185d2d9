"""One plain letter with all that somebody has not seen, as often as they chose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.notifications.commands.parcels import take_for_mail
from careline.domain.notifications.queries.shown import parcels_shown
from careline.domain.staff.house_letters import write_letter
from careline.domain.staff.queries import agent_by_id, person
from careline.flows.notice_words import sentence_of

KIND = "digest"
MOST_LINES = 50
_VALID = timedelta(days=1)


@transaction.atomic
def tell_by_mail(*, at: datetime) -> bool:
    """Writes the letter of whoever's is due, for the house's letters to send; False where nobody's is."""
    taken = take_for_mail(at=at)
    if taken is None:
        return False
    agent, notifications = taken
    who, row = person(agent, at=at), agent_by_id(agent)
    shown = parcels_shown(who, notifications) if who is not None else []
    if who is None or row is None or not shown:
        return True
    with translation.override(who.language or "en"):
        words = letter_of(who.name, shown)
    write_letter(row, kind=KIND, words=words, valid=_VALID, at=at)
    return True


def letter_of(name: str, shown: list[Any]) -> str:
    """Its subject, an empty line, its text."""
    count = len(shown)
    subject = ngettext("%(num)s new thing for you in Careline", "%(num)s new things for you in Careline", count)
    subject %= {"num": count}
    lines = [_("Hello %(name)s,") % {"name": name}, "", _("this waits for you, and you have not seen it yet:"), ""]
    lines += [line for one in shown[:MOST_LINES] for line in _lines(one)]
    if len(shown) > MOST_LINES:
        more = len(shown) - MOST_LINES
        lines += [ngettext("And %(num)s more.", "And %(num)s more.", more) % {"num": more}, ""]
    lines += [_("All of it: %(address)s") % {"address": f"{settings.PUBLIC_URL}/notifications"}]
    choices = {"address": f"{settings.PUBLIC_URL}/settings/notifications"}
    lines += [_("Fewer letters, or none: %(address)s") % choices, ""]
    return "\n".join([subject, "", *lines])


def _lines(one: Any) -> list[str]:
    """Of a restricted case no more than its number."""
    said = sentence_of(one.kind, count=one.count, number=one.number)
    about = "" if one.is_restricted or not one.subject else f": {' '.join(one.subject.split())[:150]}"
    return [f"{said}{about}", f"{settings.PUBLIC_URL}/conversations/{one.number}", ""]
