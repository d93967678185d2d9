"""Addresses of surveys; one is found by the token in a letter."""

from django.urls import URLPattern

from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.surveys import answering

SURVEYS: list[URLPattern] = [
    customers("survey/<str:token>", answering.page, answering.sent),
    customers("survey/<str:token>/stop", answering.stop, answering.stopped),
]
for _pattern in SURVEYS:
    # Nobody is signed in here; the token is the proof, also for a mail program that unsubscribes (RFC 8058).
    _pattern.callback.csrf_exempt = True  # type: ignore[attr-defined]
