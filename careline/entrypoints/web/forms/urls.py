"""Addresses of the forms' settings."""

from django.urls import URLPattern

from careline.entrypoints.web.forms import building, listing
from careline.entrypoints.web.gate import staff

FORMS: list[URLPattern] = [
    staff("settings/forms", listing.listed),
    staff("settings/forms/new", building.blank, post=building.added),
    staff("settings/forms/<int:key>", building.edited, post=building.changed, delete=building.removed),
]
