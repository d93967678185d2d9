"""Addresses of escalation."""

from django.urls import URLPattern

from careline.entrypoints.web.escalation import acknowledgements, case, ladders
from careline.entrypoints.web.gate import staff

CASE = "conversations/<int:number>/escalation"

ESCALATION: list[URLPattern] = [
    staff(CASE, case.form, post=case.raised, delete=case.taken_back),
    staff(f"{CASE}/steps", case.panel),
    staff(f"{CASE}/level", delete=case.lowered),
    staff("settings/escalation", ladders.page_of_ladders, post=ladders.saved),
    staff("settings/escalation/new", ladders.blank),
    staff("settings/escalation/<int:key>", ladders.ladder, post=ladders.saved, delete=ladders.removed),
    staff("settings/acknowledgements", acknowledgements.listing, post=acknowledgements.saved),
    staff("settings/acknowledgements/new", acknowledgements.blank),
    staff("settings/acknowledgements/preview", post=acknowledgements.previewed),
    staff("settings/acknowledgements/<int:key>", acknowledgements.shown, delete=acknowledgements.removed),
]
