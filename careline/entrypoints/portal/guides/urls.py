"""Addresses of the guides that customers walk alone."""

from django.urls import URLPattern

from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.guides import walking

GUIDES: list[URLPattern] = [
    customers("help/guides", walking.guides),
    customers("help/guides/<str:slug>", walking.beginning, walking.begun),
    customers("help/guides/walks/<str:token>", walking.standing, walking.answered),
]
for _pattern in GUIDES:
    # Nobody is signed in here and the token is in the address: it works without a cookie.
    _pattern.callback.csrf_exempt = True  # type: ignore[attr-defined]
