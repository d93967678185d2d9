"""Addresses of what somebody signed in asks for."""

from django.urls import URLPattern

from careline.entrypoints.portal.asking import acting, filling, reading
from careline.entrypoints.portal.requests.door import mine

ONE = "my/services/<int:key>"

ASKING: list[URLPattern] = [
    mine("my/services", reading.services),
    mine("my/services/new/<str:kind>", filling.form, filling.sent),
    mine(ONE, reading.service),
    mine(f"{ONE}/papers", None, acting.paper_in),
    mine(f"{ONE}/offer", None, acting.answered),
    mine(f"{ONE}/withdrawal", None, acting.withdrawn),
]
