"""Addresses of the wall, and of handing over."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.wall import handing, wall

WALL: list[URLPattern] = [
    staff("wall", wall.wall),
    staff("wall/cases", wall.cases),
    staff("wall/people/<int:key>/availability", put=wall.said_for),
    staff("conversations/<int:number>/hand-over", handing.blank, post=handing.handed),
    staff("handover", handing.shift_end, post=handing.shift_ended),
]
