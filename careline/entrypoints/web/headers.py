"""Headers that every answer carries: a strict content policy, no sniffing, no framing by others."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'; worker-src 'self'"
)
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-popups"
)
FILE_POLICY = "default-src 'none'; sandbox"
SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""The only attachments a browser may show in place; all others are saved."""


class SecurityHeaders:
    """Middleware; a view that set its own policy (mail HTML, attachments) keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _refused(request) or self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    """No address holds the character NUL, which the database can't be asked for; the API says so in its own form.

    A demo asks for no password, so it answers to no name that somebody else could make lead here.
    """
    if "\0" in request.path and not request.path.startswith("/api/"):
        return HttpResponse("There is nothing at this address.", status=404, content_type="text/plain")
    if settings.DEMO:
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse("This demo does not answer to this name.", status=400, content_type="text/plain")
    return None
