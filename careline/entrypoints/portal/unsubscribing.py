"""The page behind the link in a mailing: one click ends such letters, for people and for their mail programs (RFC 8058)."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from careline.domain.company.queries import languages
from careline.flows.unsubscribe import unsubscribe, unsubscription
from careline.kit import clock
from careline.kit.spoken import speak_to_browser


@csrf_exempt  # the token is the proof; a mail program that unsubscribes has no cookie of ours
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, since programs follow links by themselves; POST does it, also a second time."""
    speak_to_browser(request.headers.get("Accept-Language", ""), otherwise=lambda: languages()[0])
    if request.method in ("GET", "HEAD"):
        found, is_done = unsubscription(token), False
    elif request.method == "POST":
        found, is_done = unsubscribe(token, at=clock.now()), True
    else:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    page = {"purpose": found.purpose if found else "", "is_done": is_done and found is not None, "token": token}
    response = render(request, "portal/unsubscribe.html", page, status=200 if found else 404)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
