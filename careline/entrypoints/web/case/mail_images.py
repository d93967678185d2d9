"""Images in the frame of a mail. The frame is cut off from our cookies, so their addresses are signed instead.

Made only for somebody who may see the mail, good for a day; what they name is an image among its files, or one of the outside.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse

from careline.domain.conversations.queries.messages import attachment
from careline.domain.files.queries import content_of
from careline.entrypoints.web.headers import FILE_POLICY, SHOWN_TYPES
from careline.flows.remote_image import remote_image
from careline.kit import clock
from careline.kit.keys import ring
from careline.kit.outgoing_http import Refused
from careline.kit.storage import ContentMissing

GOOD_FOR = timedelta(days=1)
_PURPOSE, _SIGNATURE = "image in a mail", 24
_INSIDE, _OUTSIDE = "inside", "outside"


def inside(key: int, *, at: datetime) -> str:
    """The address of an image that travelled with the mail, by its attachment's key."""
    return _address(_INSIDE, str(key), at)


def proxied(url: str, *, at: datetime) -> str:
    """Our own address for an image of the outside, fetched by us when it is looked at."""
    return _address(_OUTSIDE, url, at)


def shown(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    kind, what = _named(token, at=at)
    try:
        media_type, content = _remote(what, at) if kind == _OUTSIDE else _attached(int(what))
    except (Refused, ContentMissing):
        raise Http404 from None
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _remote(url: str, at: datetime) -> tuple[str, bytes]:
    image = remote_image(url, at=at)
    return image.media_type, image.content


def _attached(key: int) -> tuple[str, bytes]:
    found = attachment(key)
    if found is None or found.media_type not in SHOWN_TYPES:
        raise Http404
    return found.media_type, content_of(found.digest)


def _address(kind: str, what: str, at: datetime) -> str:
    payload = f"{kind} {int((at + GOOD_FOR).timestamp())} {what}".encode()
    words = base64.urlsafe_b64encode(payload).decode().rstrip("=")
    return f"/mail-images/{words}.{ring().sign(_PURPOSE, payload, length=_SIGNATURE)}"


def _named(token: str, *, at: datetime) -> tuple[str, str]:
    """(kind, what) of a token that we made and that is still good. Raises Http404."""
    words, _dot, signature = token.rpartition(".")
    try:
        payload = base64.b64decode(words.encode("ascii") + b"=" * (-len(words) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise Http404 from None
    if len(signature) != _SIGNATURE or not ring().is_signed(_PURPOSE, payload, signature):
        raise Http404
    kind, until, what = payload.decode().split(" ", 2)
    if int(until) < at.timestamp():
        raise Http404
    return kind, what
