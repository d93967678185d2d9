"""The pages for what can't be shown: one clear sentence each, and the way on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from careline.entrypoints.web.visit import Visit


def refusal(visit: Visit, status: int, words: str) -> HttpResponse:
    """What was asked is not there, or not to be done: a toast beside an open page, else a page of its own."""
    if visit.is_fragment:
        return toast(visit.request, words or _("There is nothing here, or you may not see it."), status=status)
    page = {404: "web/404.html", 403: "web/403.html"}.get(status, "web/error.html")
    context = {"code": status, **({"words": words} if words and status != 404 else {})}
    return render(visit.request, page, context, status=status)


def toast(request: HttpRequest, words: str, *, status: int = 200) -> HttpResponse:
    """A toast alone; the page leaves everything else as it is."""
    return render(request, "web/_toast.html", {"words": words}, status=status)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret does not fit: the page was open too long, or the form came from elsewhere."""
    words = _("This page was open too long. Go back, reload it, and send again; nothing was changed.")
    if "HX-Request" in request.headers:
        return toast(request, words, status=403)
    return render(request, "web/403.html", {"words": words}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "web/500.html", status=500)
