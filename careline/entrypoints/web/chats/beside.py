"""The visitor beside a case: whether they are there, where they were, what they type, and what they said of us."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channel_by_id
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import moment_words
from careline.flows.visitor_beside import visitor_beside

PAGES_SHOWN = 5


def panel(visit: Visit, number: int) -> HttpResponse:
    """Fetched anew when the visitor does something, and now and then; empty for a case that is no chat."""
    found = visitor_beside(visit.person, number)
    if found is None:
        return HttpResponse()
    thread, known = found.thread, found.known
    channel = channel_by_id(thread.channel_id)
    states = {
        "waiting": _("Waits for somebody"), "open": _("Is on the site"), "left": _("Has left the site"), "ended": _("The chat has ended"),
    }  # fmt: skip
    labels = {field["key"]: _label(field, visit) for field in _asked(channel)}
    pages = list(known.pages)[::-1]
    return part(
        visit, "chats/_visitor", url=f"/conversations/{number}/visitor", number=number, state=found.state, state_words=states[found.state],
        position=found.position, mail=thread.visitor_mail or thread.mail, is_identified=thread.is_identified,
        is_typing=known.is_typing, preview=known.preview if known.is_typing else "", referrer=known.referrer,
        pages=[
            {"url": page.url, "title": page.title or page.url, "at": moment_words(page.at, at=visit.at, zone=visit.zone)}
            for page in pages[:PAGES_SHOWN]
        ],
        answers=[(labels.get(key, key), words) for key, words in thread.fields.items()],
        score=thread.score, comment=thread.comment, gone_minutes=channel.settings.get("gone_minutes", 5) if channel else 5,
    )  # fmt: skip


def _asked(channel: object) -> list[dict[str, object]]:
    settings = getattr(channel, "settings", {})
    return [*(settings.get("pre_chat") or ()), *(settings.get("offline_form") or ())]


def _label(field: dict[str, object], visit: Visit) -> str:
    words = field.get("label")
    said = words if isinstance(words, dict) else {}
    return str(said.get(visit.language) or next(iter(said.values()), field["key"]))
