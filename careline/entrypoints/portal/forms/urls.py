"""Addresses of forms; a form is found by its slug or by its address of 128 bits."""

from django.urls import URLPattern

from careline.entrypoints.portal.forms import filling
from careline.entrypoints.portal.guest import customers

FORMS: list[URLPattern] = [
    customers("forms", filling.all_forms),
    customers("forms/<str:name>", filling.page, filling.page_sent),
    customers("forms/<str:name>/sent/<str:submission>", filling.thanks),
    customers("forms/<str:name>/embed", filling.frame, filling.frame_sent),
    customers("forms/<str:name>/embed/sent/<str:submission>", filling.frame_thanks),
    customers("forms/<str:name>/preview", filling.preview),
]
for _pattern in FORMS:
    # Nobody is signed in here; the signed token on the page says that it is ours, also in a frame, where no cookie comes along.
    _pattern.callback.csrf_exempt = True  # type: ignore[attr-defined]
