"""Addresses of troubleshooting guides."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.guides import beside, editing, listing

CASE = "conversations/<int:number>/guides"

GUIDES: list[URLPattern] = [
    staff("guides", listing.guides_page),
    staff("guides/new", editing.blank, post=editing.added),
    staff("guides/steps", post=editing.reshaped),
    staff("guides/<int:key>", editing.edited, post=editing.changed),
    staff("guides/<int:key>/publication", put=editing.published, delete=editing.withdrawn),
    staff(CASE, beside.panel, post=beside.started),
    staff(f"{CASE}/<int:run>/answers", post=beside.answered, delete=beside.taken_back),
    staff(f"{CASE}/<int:run>", delete=beside.stopped),
    staff(f"{CASE}/device", put=beside.device_noted),
]
