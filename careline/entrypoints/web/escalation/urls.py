"""Addresses of escalation."""

from django.urls import URLPattern

from careline.entrypoints.web.escalation import case, ladders
from careline.entrypoints.web.gate import staff

CASE = "conversations/<int:number>/escalation"

ESCALATION: list[URLPattern] = [
    staff(CASE, case.form, post=case.raised, delete=case.taken_back),
    staff(f"{CASE}/steps", case.panel),
    staff(f"{CASE}/level", delete=case.lowered),
    staff("settings/escalation", ladders.page_of_ladders, post=ladders.saved),
    staff("settings/escalation/new", ladders.blank),
    staff("settings/escalation/<int:key>", ladders.ladder, post=ladders.saved, delete=ladders.removed),
]
