"""Addresses of rules and recurring cases."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.rules import editing, listing, runs, schedules

RULES: list[URLPattern] = [
    staff("rules", listing.rules),
    staff("rules/new", editing.blank, post=editing.added),
    staff("rules/preview", post=editing.previewed),
    staff("rules/rows/condition", editing.condition_row),
    staff("rules/rows/action", editing.action_row),
    staff("rules/rows/none", editing.no_row),
    staff("rules/<int:key>", editing.edited, post=editing.changed, delete=listing.removed),
    staff("rules/<int:key>/state", put=listing.switched),
    staff("rules/<int:key>/position", put=listing.moved),
    staff("rules/<int:key>/runs", runs.of_rule),
    staff("rules/<int:key>/trials", runs.tried),
    staff("conversations/<int:number>/rule-runs", runs.of_case),
    staff("schedules", schedules.schedules),
    staff("schedules/new", schedules.blank, post=schedules.added),
    staff("schedules/<int:key>", schedules.edited, post=schedules.changed, delete=schedules.removed),
]
