"""Forms on a brand's own domain: what comes from the page's own name is its own, also behind a proxy that speaks TLS for us."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from careline.domain.company.queries import domains


class OwnOrigins(CsrfViewMiddleware):
    """Django's check of forms, which knows the install's address only, with the brands' domains beside it."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        if super()._origin_verified(request):  # type: ignore[misc]
            return True
        origin, host = urlsplit(request.META["HTTP_ORIGIN"]), request.META.get("HTTP_HOST", "").lower()
        return origin.scheme in ("http", "https") and origin.netloc.lower() == host and host.split(":")[0] in domains()
