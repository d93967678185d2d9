"""The pages for what can't be shown: one clear sentence each, and the way on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret does not fit: the page was open too long, or the form came from elsewhere."""
    return render(request, "web/403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "web/500.html", status=500)
