"""Browsers that somebody lets be told by push."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.notifications.commands.devices import remove_device
from careline.entrypoints.web.visit import Visit
from careline.flows.tell_device import UnfitDevice, add

_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


def added(visit: Visit) -> HttpResponse:
    form = visit.form
    try:
        key = add(
            visit.person.id, endpoint=form.get("endpoint", ""), p256dh=form.get("p256dh", ""), auth=form.get("auth", ""),
            name=_name_of(visit.request.headers.get("User-Agent", "")), by=visit.by, at=visit.at,
        )  # fmt: skip
    except UnfitDevice as wrong:
        raise Refused(str(wrong)) from wrong
    return JsonResponse({"id": str(key)}, status=201)


def removed(visit: Visit, key: int) -> HttpResponse:
    if not remove_device(visit.person.id, key, by=visit.by, at=visit.at):
        raise NotFound("There is no such device.")
    return HttpResponse(status=204, headers={"HX-Redirect": "/settings/notifications"})


def _name_of(agent: str) -> str:
    """As its owner knows it: "Firefox, Android"."""
    found = [next((name for name in names if name in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    names = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}
    return ", ".join(names.get(name, name) for name in found if name)
