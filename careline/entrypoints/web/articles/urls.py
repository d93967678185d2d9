"""Addresses of articles."""

from django.urls import URLPattern

from careline.entrypoints.web.articles import (
    categories,
    editing,
    files,
    handbook,
    listing,
    opinions,
    pictures,
    steps,
    versions,
)
from careline.entrypoints.web.gate import staff

ARTICLES: list[URLPattern] = [
    staff("articles", listing.articles),
    staff("articles/new", editing.blank, post=editing.added),
    staff("articles/categories", categories.categories, post=categories.added),
    staff("articles/categories/<int:key>", post=categories.changed, delete=categories.removed),
    staff("articles/opinions", opinions.opinions, delete=opinions.settled),
    staff("articles/files", files.files, post=files.taken),
    staff("articles/export", files.export),
    staff("articles/four-eyes", put=steps.four_eyes),
    staff("articles/pictures/<str:place>", pictures.shown),
    staff("articles/<int:key>", editing.edited, post=editing.changed),
    staff("articles/<int:key>/pictures", post=pictures.added),
    staff("articles/<int:key>/draft", delete=steps.given_up),
    staff("articles/<int:key>/review", put=steps.submitted, delete=steps.sent_back),
    staff("articles/<int:key>/approval", put=steps.approved),
    staff("articles/<int:key>/publication", put=steps.published, delete=steps.withdrawn),
    staff("articles/<int:key>/archive", put=steps.archived, delete=steps.restored),
    staff("articles/<int:key>/versions", versions.versions),
    staff("handbook", handbook.handbook),
    staff("handbook/<int:key>", handbook.reading),
]
