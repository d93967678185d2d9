"""Every address the web application answers, by entry point."""

from django.urls import include, path

from careline.entrypoints.api import urls as api
from careline.entrypoints.api.widget import urls as widget
from careline.entrypoints.hooks import urls as hooks
from careline.entrypoints.portal import urls as portal
from careline.entrypoints.web import urls as web
from careline.kit.directory import Directory

urlpatterns = [
    path("api/v1/", include([Directory(api.urlpatterns)])),
    path("chat/v1/", include([Directory(widget.urlpatterns)])),
    Directory([*hooks.urlpatterns, *portal.urlpatterns, *web.urlpatterns]),
]
handler404 = "careline.entrypoints.web.errors.not_found"
handler403 = "careline.entrypoints.web.errors.forbidden"
handler500 = "careline.entrypoints.web.errors.broken"
