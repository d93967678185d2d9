"""Addresses of follow-ups."""

from django.urls import URLPattern

from careline.entrypoints.web.followups import acting, listing
from careline.entrypoints.web.gate import staff

_CASE = "conversations/<int:number>"

FOLLOW_UPS: list[URLPattern] = [
    staff("follow-ups", listing.page_of_follow_ups),
    staff("follow-ups/<int:key>", acting.edited, post=acting.changed, delete=acting.dropped),
    staff("follow-ups/<int:key>/outcome", post=acting.concluded),
    staff(f"{_CASE}/follow-up", acting.form, post=acting.ended),
    staff("settings/closing", listing.closing_rules, post=listing.closing_kept),
]
