"""Addresses of the wall."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.wall import wall

WALL: list[URLPattern] = [
    staff("wall", wall.wall),
    staff("wall/cases", wall.cases),
    staff("wall/people/<int:key>/availability", put=wall.said_for),
]
