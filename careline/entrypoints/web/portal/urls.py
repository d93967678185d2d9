"""Addresses of what staff do about the customers' pages."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.portal import seen, settings

PORTAL: list[URLPattern] = [
    staff("settings/customers-pages", settings.pages, post=settings.entitled),
    staff("settings/customers-pages/brands/<int:brand>", post=settings.changed),
    staff("settings/customers-pages/entitled/<int:customer>", post=settings.no_longer),
    staff("conversations/<int:number>/customers-view", post=seen.shown),
]
