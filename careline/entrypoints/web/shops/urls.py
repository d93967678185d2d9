"""Addresses of outside shops."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.shops import keeping

SHOPS: list[URLPattern] = [
    staff("settings/shops", keeping.shops, post=keeping.added),
    staff("settings/shops/<int:key>", post=keeping.changed),
]
