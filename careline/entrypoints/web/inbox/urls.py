"""Addresses of lists, views, counts and bulk changes."""

from django.urls import URLPattern

from careline.entrypoints.web.gate import staff
from careline.entrypoints.web.inbox import bulk, counts, lists, reading, views

INBOX: list[URLPattern] = [
    staff("inbox", lists.inbox),
    staff("views/<str:code>", lists.inbox),
    staff("saved-views", views.views, post=views.arranged),
    staff("saved-views/new", views.blank, post=views.added),
    staff("saved-views/count", post=views.counted),
    staff("saved-views/<str:code>", views.edited, post=views.changed),
    staff("rows", lists.fresh_rows),
    staff("conversations/<int:number>/reading", put=reading.read),
    staff("counts", counts.counts),
    staff("bulk-changes", post=bulk.asked),
    staff("bulk-changes/new", bulk.bar),
    staff("bulk-changes/<int:key>", bulk.progress, delete=bulk.ended),
]
