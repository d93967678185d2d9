"""Attachments: to those who may see their case, and never as something a browser would run."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import attachment
from careline.domain.files.queries import content_of
from careline.entrypoints.web.headers import FILE_POLICY, SHOWN_TYPES
from careline.entrypoints.web.visit import Visit

_KEPT = "private, no-cache"


def attached(visit: Visit, key: int) -> HttpResponse:
    found = attachment(key)
    if found is None:
        raise NotFound(f"There is no file {key}.")
    conversation_for(visit.person, found.number)
    shown = found.media_type in SHOWN_TYPES
    # kept by the browser, but asked for each time: whoever uses it next may not be allowed to see it
    kept = f'"{found.digest}"'
    if visit.request.headers.get("If-None-Match") == kept:
        return HttpResponse(status=304, headers={"ETag": kept, "Cache-Control": _KEPT})
    response = HttpResponse(
        content_of(found.digest), content_type=found.media_type if shown else "application/octet-stream"
    )
    headers = file_headers(found.name, inline=shown) | {"ETag": kept, "Cache-Control": _KEPT}
    for name, value in headers.items():
        response.headers[name] = value
    return response


def file_headers(name: str, *, inline: bool = False) -> dict[str, str]:
    """RFC 6266: the plain name for old readers, the true one beside it."""
    shown = "".join(sign for sign in name if sign.isprintable()) or "file"
    plain = "".join(sign if sign.isascii() and sign not in '"\\/;%' else "_" for sign in shown)
    kind = "inline" if inline else "attachment"
    return {
        "Content-Disposition": f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}",
        "Content-Security-Policy": FILE_POLICY,
        "X-Content-Type-Options": "nosniff",
    }
