"""Addresses of approvals."""

from django.urls import URLPattern

from careline.entrypoints.web.approvals import asking, deciding, listing
from careline.entrypoints.web.gate import staff

CASE = "conversations/<int:number>/approvals"

APPROVALS: list[URLPattern] = [
    staff("approvals", listing.page_of_approvals),
    staff("approvals/<int:key>", deciding.shown, post=deciding.decided, delete=deciding.withdrawn),
    staff("approvals/<int:key>/delegation", post=deciding.passed_on),
    staff(CASE, asking.panel, post=asking.asked),
    staff(f"{CASE}/new", asking.form),
]
