"""Addresses of suggestions, praise and reviews."""

from django.urls import URLPattern

from careline.entrypoints.web.feedback import listing, one, recording, reviews
from careline.entrypoints.web.gate import staff

_CASE = "conversations/<int:number>"

FEEDBACK: list[URLPattern] = [
    staff("feedback", listing.all_feedback),
    staff("feedback/<int:voice>", one.page_of_one, post=one.changed),
    staff("feedback/<int:voice>/state", post=one.moved),
    staff("feedback/<int:voice>/merge", post=one.joined, delete=one.parted),
    staff(f"{_CASE}/feedback/new", recording.form, post=recording.recorded),
    staff(f"{_CASE}/feedback/<int:voice>", post=recording.raised, delete=recording.taken_back),
    staff(f"{_CASE}/review-answer", post=reviews.answered),
    staff("reviews", reviews.listed),
    staff("reviews/new", reviews.form, post=reviews.recorded),
]
