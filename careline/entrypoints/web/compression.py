"""What leaves is compressed where the browser takes it: our own files once and for all, pages each time.

Pages hold what must not be guessed (docs/decisions says why compressing them is safe here): what is secret in them is masked
anew for each page, other sites get no page with our cookie, and the length of every answer is blurred.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from gzip import GzipFile, compress
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from careline.entrypoints.web.bundles import FOR_EVER, bundle_at

WORDS = ("text/html", "application/json", "application/problem+json", "text/css", "text/javascript", "image/svg+xml",
         "application/javascript", "application/manifest+json")  # fmt: skip
LEAST = 500
PAGE_LEVEL = 4
"""Level 6 saves three percent more and takes twice as long."""
MOST_BLUR = 100


class Compressed:
    """Middleware; what is streamed, is no text, or has an encoding already goes as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._files: dict[str, tuple[str, bytes]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        bundle = bundle_at(request.path) if request.path.startswith(settings.STATIC_URL) else None
        if bundle is None:
            response = self.get_response(request)
        else:
            headers = {"Cache-Control": FOR_EVER, "ETag": f'"{request.path}"'}
            response = HttpResponse(bundle[0], content_type=bundle[1], headers=headers)
        is_text = response.headers.get("Content-Type", "").startswith(WORDS)
        if response.status_code not in (200, 409, 422) or not is_text or "Content-Encoding" in response.headers:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if request.method == "HEAD" or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        if request.path.startswith(settings.STATIC_URL):
            return self._file(request.path, response)
        if response.streaming or len(response.content) < LEAST:
            return response
        response.content = _blurred(response.content)
        return _as_gzip(response, len(response.content))

    def _file(self, path: str, response: HttpResponse) -> HttpResponse:
        """A file of ours: compressed the first time somebody asks for it."""
        etag = response.headers.get("ETag", "")
        kept = self._files.get(path)
        if kept is None or kept[0] != etag:
            kept = self._files[path] = (etag, compress(b"".join(response), 9, mtime=0))
        answer = HttpResponse(kept[1], status=response.status_code)
        for name, value in response.headers.items():
            answer.headers[name] = value
        response.close()
        return _as_gzip(answer, len(kept[1]))


def _as_gzip(response: HttpResponse, length: int) -> HttpResponse:
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(length)
    if etag := response.headers.get("ETag"):
        response.headers["ETag"] = etag if etag.startswith("W/") else f"W/{etag}"
    return response


def _blurred(page: bytes) -> bytes:
    """With a name of random length inside, so that lengths tell nothing ("Heal the BREACH", Kaafar and others, 2022)."""
    out = BytesIO()
    name = "c" * (1 + secrets.randbelow(MOST_BLUR))
    with GzipFile(filename=name, mode="wb", compresslevel=PAGE_LEVEL, fileobj=out, mtime=0) as packed:
        packed.write(page)
    return out.getvalue()
