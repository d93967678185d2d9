"""Addresses of promised times and opening hours."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.sla import hours, panel, policies

PROMISES: list[URLPattern] = [
    staff("settings/promises", policies.policies),
    staff("settings/promises/new", policies.policy, post=policies.saved),
    staff("settings/promises/matches", post=policies.matches),
    staff("settings/promises/<int:key>", policies.policy, post=policies.saved, delete=policies.deleted),
    staff("settings/promises/<int:key>/place", post=policies.moved),
    staff("settings/promises/<int:key>/matches", post=policies.matches),
    staff("settings/hours", hours.calendars),
    staff("settings/hours/new", hours.calendar, post=hours.saved),
    staff("settings/hours/holidays", hours.holidays),
    staff("settings/hours/<int:key>", hours.calendar, post=hours.saved, delete=hours.deleted),
    staff("settings/hours/<int:key>/days", post=hours.taken_in),
    staff("settings/hours/<int:key>/feed", post=hours.followed),
    staff("settings/hours/<int:key>/due", hours.tried),
    staff("conversations/<int:number>/promises", panel.panel),
]
