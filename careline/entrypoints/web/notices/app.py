"""What makes a page an app: its manifest, its service worker, and what is shown without a network. None of it knows who asks."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from careline.domain.company.queries import company
from careline.entrypoints.web.bundles import styles

WORKER = Path(__file__).parents[1] / "static" / "web" / "sw.js"
ICON = "/static/web/icons/careline-%s.png"


def manifest(request: HttpRequest) -> HttpResponse:
    named = company()
    icons = [{"src": ICON % size, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"} for size in (192, 512)]  # fmt: skip
    icons += [{**one, "src": one["src"].replace("careline-", "maskable-"), "purpose": "maskable"} for one in icons]
    icons.append({"src": "/static/web/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    said = {
        "id": "/inbox", "name": f"{named.name} · Careline" if named else "Careline", "short_name": "Careline",
        "description": _("The desk of those who answer customers."), "start_url": "/inbox", "scope": "/", "display": "standalone",
        "background_color": "#f4f4f2", "theme_color": "#2f55d4", "icons": icons,
        "shortcuts": [{"name": _("Notifications"), "url": "/notifications"}, {"name": _("Search"), "url": "/search"}],
    }  # fmt: skip
    response = JsonResponse(said, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def worker(request: HttpRequest) -> HttpResponse:
    """Our service worker, told which edition it is and what it may keep: static files named by their content, never a case."""
    words, edition = _worker()
    kept = ["/offline", styles()[0], "/static/web/icon.svg"]
    head = f"const EDITION = {json.dumps(edition)};\nconst KEPT = {json.dumps(kept)};\n"
    response = HttpResponse(head + words, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "web/notices/offline.html", {"page_title": _("No connection")})


@cache
def _worker() -> tuple[str, str]:
    words = WORKER.read_text(encoding="utf-8")
    return words, hashlib.sha256((words + styles()[0]).encode()).hexdigest()[:16]
