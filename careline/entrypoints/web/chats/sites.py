"""Settings → Chats: the sites that hold the chat, what they ask, and the line that puts it there."""

from __future__ import annotations

from typing import Any

from django.conf import settings as config
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.calendars.queries import calendars
from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.chats.rules.sites import BadSite
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.chats.written import NO_INVITATION, USUAL, read_settings, shown_questions
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name
from careline.flows.keep_chat_site import VERB, add_chat_site, change_chat_site, give_identity_key

_URL = "/settings/chats"


def listing(visit: Visit) -> HttpResponse:
    require(visit.person, "channel:read")
    named = {team.id: team.name for team in teams()}
    rows = [
        {
            "url": f"{_URL}/{row.id}", "name": row.name, "team": named.get(row.team_id or 0, ""), "is_active": row.is_active,
            "origins": row.settings.get("origins") or [],
        }
        for row in channels(kind="chat", active=False)
    ]  # fmt: skip
    return page(visit, "chats/sites", "settings", _("Chats"), rows=rows, may_add=may(visit.person, VERB))


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return _form(
        visit, None, {"name": "", "team": None, "is_active": True, "settings": {"languages": list(languages())}}
    )


def shown(visit: Visit, key: int, *, told: str = "") -> HttpResponse:
    require(visit.person, VERB)
    found = channel_by_id(key)
    if found is None or found.kind != "chat":
        raise NotFound(f"There is no chat site {key}.")
    held = {"name": found.name, "team": found.team_id, "is_active": found.is_active, "settings": found.settings}
    return _form(visit, found, held, told=told)


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing."""
    require(visit.person, VERB)
    form = visit.form
    given: dict[str, Any] = {
        "name": form.get("name", ""), "team": whole_number(form.get("team")), "is_active": key is None or bool(form.get("is_active")),
        "settings": read_settings(form, languages()),
    }  # fmt: skip
    try:
        if key is None:
            made = add_chat_site(
                visit.person,
                name=given["name"],
                team=given["team"],
                settings=given["settings"],
                by=visit.by,
                at=visit.at,
            )
            return HttpResponseRedirect(f"{_URL}/{made.id}")
        change_chat_site(visit.person, key, **given, by=visit.by, at=visit.at)
    except BadSite as wrong:
        return _form(visit, channel_by_id(key) if key else None, given, error=_(str(wrong)), status=422)
    return HttpResponseRedirect(_URL)


def key_given(visit: Visit, key: int) -> HttpResponse:
    """The key is shown this once."""
    return shown(visit, key, told=give_identity_key(visit.person, key, by=visit.by, at=visit.at))


def _form(
    visit: Visit, site: Any | None, held: dict[str, Any], *, error: str = "", told: str = "", status: int = 200
) -> HttpResponse:
    said, codes = USUAL | held["settings"], list(languages())
    token = site.address if site is not None else ""
    script = f'<script src="{config.PUBLIC_URL}/chat/widget.js" data-site="{token}" async></script>'
    return page(
        visit, "chats/site", "settings", held["name"] or _("New chat"), status=status, error=error, told=told, script=script,
        url=f"{_URL}/{site.id}" if site is not None else _URL, is_new=site is None, held=held, said=said, teams=teams(),
        trial=f"/chat/try/{token}", calendars=calendars(), has_key=site is not None and "identity_key" in site.secrets,
        languages=[{"code": code, "name": language_name(code)} for code in codes],
        questions=shown_questions(said, codes[0]),
        kinds=(("text", _("One line")), ("long", _("Several lines")), ("choice", _("A choice")), ("check", _("Yes or no"))),
        invitations=[*(NO_INVITATION | one for one in said["invitations"]), NO_INVITATION][:20], first=codes[0],
    )  # fmt: skip
