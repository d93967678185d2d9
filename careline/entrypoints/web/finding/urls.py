"""Addresses of finding."""

from django.urls import URLPattern

from careline.entrypoints.web.finding import drafting, gaps, inserting
from careline.entrypoints.web.gate import staff

CASE = "conversations/<int:number>"

FINDING: list[URLPattern] = [
    staff("gaps", gaps.report, post=gaps.answered, delete=gaps.settled),
    staff("gaps/searches", gaps.searches),
    staff("gaps/cases", gaps.cases),
    staff(f"{CASE}/articles", inserting.offered),
    staff(f"{CASE}/articles/<int:key>", post=inserting.inserted),
    staff(f"{CASE}/article/new", drafting.proposed, post=drafting.kept),
]
