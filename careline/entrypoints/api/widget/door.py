"""The way of a visitor's call: from which site, who it is, how often; then its room, then the answer.

Browsers ask first whether pages of a site may speak with us (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): only
those of the site's own origins may, and whoever else calls hears nothing. No cookie counts here, so no page can use one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from careline.domain.chats.identity import Forged
from careline.domain.chats.queries import all_origins, site_by_id, visitor_of_token
from careline.domain.chats.rules.sites import BadSite, Site, is_allowed
from careline.domain.chats.rules.talks import OutOfOrder
from careline.domain.company.queries import languages
from careline.entrypoints.api.problems import FieldError, problem, problem_of
from careline.entrypoints.api.widget.limits import CALLS, FROM_ADDRESS, GUESSES, Buckets
from careline.flows.write_in_chat import NoSuchFile, NotSaid
from careline.kit import clock
from careline.kit.spoken import speak_to_browser

Shape = TypeVar("Shape", bound=msgspec.Struct)
LONGEST_BODY = 256 * 1024
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID, Accept-Language",
    "Access-Control-Max-Age": "7200",
}


class Refusal(Exception):
    """An answer that is no answer: it is given as it is."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(str(response.status_code))
        self.response = response


@dataclass(slots=True)
class Call:
    """One call. `visitor` and `site` are known except at the doors that are open to all."""

    request: HttpRequest
    at: datetime
    visitor: Any = None
    site: Site | None = None

    @property
    def token(self) -> str:
        scheme, _space, token = self.request.headers.get("Authorization", "").strip().partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    def body(self, shape: type[Shape]) -> Shape:
        if len(self.request.body) > LONGEST_BODY:
            raise refused(413, _("This is too long."), "too_large")
        try:
            return msgspec.json.decode(self.request.body, type=shape)
        except msgspec.ValidationError as error:
            raise refused(422, str(error), "invalid") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise refused(400, "The body is not JSON.", "invalid_json") from None

    def count(self, buckets: Buckets, whose: str) -> None:
        """Raises a refusal with the seconds to wait."""
        if wait := buckets.seconds_to_wait(whose):
            words = _("That was very much at once: please wait %(n)s seconds.") % {"n": wait}
            raise refused(429, words, "too_many_calls", {"Retry-After": str(wait)})


Room = Callable[..., Any]


def room(*, visitor: bool = True, **methods: Room) -> Any:
    """The view of one address: its rooms by method, as in get=, post=. With `visitor` it asks for their token."""

    @csrf_exempt
    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight(request)
        call = Call(request, clock.now())
        try:
            response = _answered(call, methods, keys, asks=visitor)
        except Refusal as refusal:
            response = refusal.response
        except Exception as error:
            response = _problem_of(error)
        return _told(call, response)

    return view


def refused(status: int, words: str, code: str, headers: dict[str, str] | None = None, **more: Any) -> Refusal:
    return Refusal(problem(status, words, code=code, headers=headers, **more))


def nothing_here() -> Refusal:
    """The same for what is absent and what is somebody else's."""
    return refused(404, _("There is nothing here."), "not_found")


def check_origin(request: HttpRequest, site: Site) -> None:
    """Raises a refusal for pages that are not the site's own."""
    if not is_allowed(request.headers.get("Origin", ""), site.origins, own=_own(request)):
        raise refused(403, "Pages of this site may not use this chat.", "wrong_origin")


def _answered(call: Call, methods: dict[str, Room], keys: dict[str, Any], *, asks: bool) -> HttpResponse:
    request = call.request
    speak_to_browser(request.headers.get("Accept-Language", ""), otherwise=lambda: languages()[0])
    chosen = methods.get((request.method or "").lower())
    if chosen is None:
        return problem(405, f"{request.method} is not possible here.", code="method_not_allowed")
    call.count(FROM_ADDRESS, address_of(request))
    if asks:
        call.visitor = visitor_of_token(call.token)
        if call.visitor is None:
            call.count(GUESSES, address_of(request))
            raise refused(
                401, _("This visitor is not known (any more)."), "unauthenticated", {"WWW-Authenticate": "Bearer"}
            )
        call.site = site_by_id(call.visitor.channel_id)
        if call.site is None:
            raise nothing_here()
        check_origin(request, call.site)
        call.count(CALLS, str(call.visitor.id))
    answer = chosen(call, **keys)
    if isinstance(answer, HttpResponse):
        return answer
    status, content = answer if isinstance(answer, tuple) else (200, answer)
    if content is None:
        return HttpResponse(status=204)
    return HttpResponse(msgspec.json.encode(content), status=status, content_type="application/json")


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _problem_of(error: Exception) -> HttpResponse:
    if isinstance(error, Forged):
        return problem(401, str(error), code="forged_identity")
    if isinstance(error, BadSite):
        return problem(422, _(str(error)), code="invalid", errors=[FieldError(f"fields.{error.field}", _(str(error)))])
    if isinstance(error, OutOfOrder):
        return problem(409, str(error), code="out_of_order", expected=error.expected)
    if isinstance(error, NoSuchFile):
        return problem(422, _(str(error)), code="no_such_file")
    if isinstance(error, NotSaid):
        return problem(202, str(error), code="kept")
    return problem_of(error)


def _preflight(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    origin = request.headers.get("Origin", "")
    if origin and (origin == _own(request) or origin in all_origins()):
        for name, value in (*_PREFLIGHT.items(), ("Access-Control-Allow-Origin", origin)):
            response.headers[name] = value
    response.headers["Vary"] = "Origin"
    return response


def _told(call: Call, response: HttpResponse) -> HttpResponse:
    """Also an error is read by pages that may read answers: else they would take it for a lost network."""
    origin = call.request.headers.get("Origin", "")
    known = call.site.origins if call.site is not None else all_origins() if origin else ()
    if origin and (origin == _own(call.request) or origin in known):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Vary"] = "Origin, Accept-Language"
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _own(request: HttpRequest) -> str:
    here = f"{request.scheme}://{request.get_host()}"
    return here if request.headers.get("Origin") == here else settings.PUBLIC_URL
