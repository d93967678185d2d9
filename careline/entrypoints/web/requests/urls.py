"""Addresses of service requests."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.requests import acting, beside, listing, opening, shown, types

CASE, TYPES = "conversations/<int:number>", "settings/service-requests"

REQUESTS: list[URLPattern] = [
    staff("service-requests", listing.requests),
    staff("service-requests/<int:key>", shown.request),
    staff("service-requests/<int:key>/acts/<str:act>", post=acting.acted),
    staff("service-requests/<int:key>/papers/<int:paper>", shown.paper),
    staff(f"{CASE}/service-requests", opening.form, post=opening.opened),
    staff(f"{CASE}/services", beside.of_case),
    staff(TYPES, types.types, post=types.usual_added),
    staff(f"{TYPES}/new", types.blank, post=types.added),
    staff(f"{TYPES}/<str:type>", types.edited, post=types.changed),
]
