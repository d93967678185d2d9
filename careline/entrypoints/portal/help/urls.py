"""Addresses of the help centre."""

from django.urls import URLPattern

from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.help import reading

HELP: list[URLPattern] = [
    customers("help", reading.front),
    customers("help/<str:language>", reading.of_language),
]
