"""Every address the web application answers, by entry point."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("careline.entrypoints.api.urls")),
    path("chat/v1/", include("careline.entrypoints.api.widget.urls")),
    path("", include("careline.entrypoints.hooks.urls")),
    path("", include("careline.entrypoints.portal.urls")),
    path("", include("careline.entrypoints.web.urls")),
]
handler404 = "careline.entrypoints.web.errors.not_found"
handler403 = "careline.entrypoints.web.errors.forbidden"
handler500 = "careline.entrypoints.web.errors.broken"
