"""Addresses of surveys on the staff's screens."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.surveys import listing, setting

SURVEYS: list[URLPattern] = [
    staff("surveys", listing.answers_page),
    staff("settings/surveys", setting.listed),
    staff("settings/surveys/new", setting.blank, post=setting.added),
    staff("settings/surveys/<int:key>", setting.edited, post=setting.changed, delete=setting.retired),
]
