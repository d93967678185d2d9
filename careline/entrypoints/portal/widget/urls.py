"""Addresses of the widget, all under /chat/; its server's calls are under /chat/v1/."""

from django.urls import URLPattern, path

from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.widget.serving import trying, widget

WIDGET: list[URLPattern] = [
    path("chat/widget.js", widget),
    path("chat/widget-<slug:digest>.js", widget),
    customers("chat/try/<slug:site>", trying),
]
