"""The script for other people's pages, and a page of ours to try it on."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from careline.entrypoints.portal.guest import Guest, absent, shown
from careline.entrypoints.portal.widget.bundle import script

SHORT = "public, max-age=300, stale-while-revalidate=86400"
FOR_EVER = "public, max-age=31536000, immutable"
_SITE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def widget(request: HttpRequest, digest: str = "") -> HttpResponse:
    """Under its own name it is asked for anew every few minutes; under that of its content it never changes."""
    made = script()
    if digest and digest != made.digest:
        raise Http404
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if request.headers.get("If-None-Match", "").removeprefix("W/") == f'"{made.digest}"':
        answer = HttpResponse(status=304)
    else:
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = HttpResponse(made.packed if is_packed else made.content, content_type="text/javascript; charset=utf-8")
        if is_packed:
            answer.headers["Content-Encoding"] = "gzip"
    for name, value in {
        "Cache-Control": FOR_EVER if digest else SHORT,
        "ETag": f'W/"{made.digest}"',
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }.items():
        answer.headers[name] = value
    patch_vary_headers(answer, ("Accept-Encoding",))
    return answer


def trying(guest: Guest, site: str) -> HttpResponse:
    """What customers see, on a page of ours; whether there is such a site the widget finds out."""
    if not _SITE.fullmatch(site):
        return absent(guest)
    home = guest.request.build_absolute_uri("/").rstrip("/")
    return shown(guest, "widget/try", _("What your customers see"), token=site, home=home, is_indexed=False)
