"""Mailboxes: how they fare, and what they are set to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.channels.adapter import ChannelRow, Setting, adapter_of
from careline.domain.channels.commands import AddressTaken, BadSettings, add_channel, change_channel
from careline.domain.channels.email.checking import trouble_fetching, trouble_going_out
from careline.domain.channels.email.envelope import BadAddress, recipient_address
from careline.domain.channels.email.outgoing import way_out
from careline.domain.channels.queries import channel_by_id, channels, last_received_at
from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.messages import last_sent_at
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text, said

KIND = "email"
_HEALTH = {"watching": "good", "taking": "good", "connecting": "warn", "down": "bad", "stopped": "off"}


def mailboxes(visit: Visit) -> HttpResponse:
    require(visit.person, "channel:read")
    named = {team.id: team.name for team in teams()}
    shown = [
        _card(channel, named.get(channel.team_id or 0, ""), visit) for channel in channels(kind=KIND, active=False)
    ]
    return page(
        visit,
        "settings/mailboxes",
        "mailboxes",
        _("Mailboxes"),
        mailboxes=shown,
        may_add=may(visit.person, "channel:manage"),
    )


def mailbox(visit: Visit, key: int | None = None) -> HttpResponse:
    require(visit.person, "channel:manage")
    channel = _channel(key)
    return _form(visit, channel, _given_by(channel), {})


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing."""
    require(visit.person, "channel:manage")
    channel, form = _channel(key), _given_in(visit)
    wrong = _mistakes(form)
    address = ""
    if not wrong:
        address, wrong = _kept(visit, channel, form)
    if wrong:
        return _form(visit, channel, form, wrong, status=422)
    return HttpResponseRedirect(f"{address}/trial" if visit.form.get("then") == "try" else "/mailboxes")


def trial(visit: Visit, key: int) -> HttpResponse:
    """Both ways of the mailbox as they stand, tried without moving a mail: ten seconds at most."""
    require(visit.person, "channel:manage")
    channel = _channel(key)
    assert channel is not None, "it was asked for by its key"
    with ThreadPoolExecutor(2) as both:
        going_in = both.submit(trouble_fetching, channel, at=visit.at) if channel.settings.get("imap_url") else None
        going_out = both.submit(trouble_going_out, channel) if way_out(channel) else None
    tried = [
        _outcome(
            _("Mail in"),
            going_in.result() if going_in else None,
            _("No IMAP server is set: mail has to be delivered to us."),
        ),
        _outcome(_("Mail out"), going_out.result() if going_out else None, _("No outgoing server is set.")),
    ]
    return _form(visit, channel, _given_by(channel), {}, tried=tried)


def _outcome(way: str, trouble: str | None, unset: str) -> dict[str, str]:
    """`trouble` is None where there was nothing to try, empty where all is well."""
    if trouble is None:
        return {"way": way, "state": "", "words": unset}
    return {"way": way, "state": "bad" if trouble else "good", "words": trouble or _("Works: connected and signed in.")}


def _kept(visit: Visit, channel: ChannelRow | None, form: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Changes or adds the mailbox; its address, and what was wrong, by field."""
    known = {setting.name for setting in _settings()}
    settings = {name: value for name, value in form.items() if name in known}
    try:
        if channel is None:
            key = add_channel(
                KIND, name=form["name"], address=form["address"], brand_id=default_brand().pk, team_id=form["team"],
                settings=settings, by=visit.by, at=visit.at,
            ).pk  # fmt: skip
        else:
            key = channel.id
            change_channel(channel.id, name=form["name"], team_id=form["team"], settings=settings, is_active=form["is_active"],
                           by=visit.by, at=visit.at)  # fmt: skip
    except AddressTaken as error:
        return "", {"address": said(error)}
    except BadSettings as error:
        return "", {error.field: said(error)}
    return f"/mailboxes/{key}", {}


def _form(
    visit: Visit,
    channel: ChannelRow | None,
    form: dict[str, Any],
    wrong: dict[str, str],
    *,
    status: int = 200,
    tried: list[dict[str, str]] | None = None,
) -> HttpResponse:
    groups = {"in": [], "out": [], "more": []}  # type: dict[str, list[Setting]]
    for setting in _settings():
        place = (
            "in"
            if setting.name.startswith("imap")
            else "out"
            if setting.name.startswith(("smtp", "anymail"))
            else "more"
        )
        groups[place].append(setting)
    shown: dict[str, Any] = (
        _card(channel, "", visit)
        if channel
        else {"id": 0, "name": "", "url": "/mailboxes/new", "health": "", "error_text": ""}
    )
    errors = dict.fromkeys((*form, *(setting.name for setting in _settings())), "") | wrong
    return page(
        visit, "settings/mailbox", "mailboxes", shown["name"] or _("New mailbox"), status=status, mailbox=shown, form=form, errors=errors,
        teams=teams(), groups=groups, tried=tried or [],
    )  # fmt: skip


def _card(channel: ChannelRow, team_name: str, visit: Visit) -> dict[str, Any]:
    health = _HEALTH.get(channel.health.get("state", ""), "warn") if channel.settings.get("imap_url") else "good"
    if not channel.is_active:
        health = "off"
    is_mute = channel.is_active and not (settings.DEMO or channel.settings.get("anymail") or way_out(channel))
    if is_mute and health == "good":
        health = "warn"
    words = {"good": _("Works"), "warn": _("Connecting"), "bad": _("Not reachable"), "off": _("Switched off")}
    received, sent = last_received_at(channel.id), last_sent_at(channel.id)
    return {
        "id": channel.id, "name": channel.name, "address": channel.address, "url": f"/mailboxes/{channel.id}", "health": health,
        "health_text": "" if is_mute and health == "warn" else words[health],
        "no_way_text": _("No outgoing server is set.") if is_mute else "",
        "error_text": channel.health.get("last_error", "") if health == "bad" else "",
        "last_in_text": moment_text(received, at=visit.at, zone=visit.zone), "last_in_at": iso(received), "team_name": team_name,
        "last_out_text": moment_text(sent, at=visit.at, zone=visit.zone) if sent else "",
    }  # fmt: skip


def _channel(key: int | None) -> ChannelRow | None:
    """None for a new one."""
    found = channel_by_id(key) if key is not None else None
    if key is not None and (found is None or found.kind != KIND):
        raise NotFound(f"There is no mailbox {key}.")
    return found


def _settings() -> tuple[Setting, ...]:
    return tuple(adapter_of(KIND).settings)


def _given_by(channel: ChannelRow | None) -> dict[str, Any]:
    form: dict[str, Any] = {
        s.name: "" if s.secret else (channel.settings if channel else {}).get(s.name, s.default) for s in _settings()
    }
    team = channel.team_id if channel else next((row.id for row in teams()), None)
    return form | {
        "name": channel.name if channel else "", "address": channel.address if channel else "", "team": team,
        "is_active": channel.is_active if channel else True,
    }  # fmt: skip


def _given_in(visit: Visit) -> dict[str, Any]:
    sent = visit.form
    form: dict[str, Any] = {
        s.name: s.name in sent if s.kind == "bool" else sent.get(s.name, "").strip() for s in _settings()
    }
    return form | {
        "name": sent.get("name", "").strip(), "address": sent.get("address", "").strip(), "team": whole_number(sent.get("team")),
        "is_active": "is_active" in sent,
    }  # fmt: skip


def _mistakes(form: dict[str, Any]) -> dict[str, str]:
    wrong = {}
    if not form["name"]:
        wrong["name"] = _("A mailbox needs a name: customers see it as the sender.")
    try:
        recipient_address(form["address"])
    except BadAddress as error:
        wrong["address"] = said(error)
    return wrong
