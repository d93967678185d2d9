"""Addresses of limits and policies."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.policies import editing, limits, versions

DRAFT = "settings/policies/draft"

POLICIES: list[URLPattern] = [
    staff("settings/limits", limits.page_of_limits, post=limits.added),
    staff("settings/limits/<int:key>", delete=limits.removed),
    staff("settings/rates", post=limits.rated),
    staff("settings/approval-deadlines", post=limits.timed),
    staff("settings/policies", versions.page_of_policy),
    staff("settings/policies/<int:key>", versions.shown),
    staff(DRAFT, delete=versions.dropped),
    staff(f"{DRAFT}/simulation", versions.simulated, post=versions.tried),
    staff(f"{DRAFT}/activation", post=versions.switched_on),
    staff(f"{DRAFT}/rules", post=editing.added),
    staff(f"{DRAFT}/rules/new", editing.blank),
    staff(f"{DRAFT}/rules/<str:rule>", editing.edited, post=editing.changed, delete=editing.removed),
    staff(f"{DRAFT}/rules/<str:rule>/position", put=editing.moved),
]
