"""An agent asks to see a mail's remote images: fetched by us, so that the sender learns neither who looked nor from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.files import commands as files
from careline.domain.files.queries import content_of, remote_content
from careline.kit.images import raster_of
from careline.kit.outgoing_http import Refused, fetch
from careline.kit.storage import ContentMissing, digest_of

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_BYTES = 8 * 1024 * 1024
MOST_SECONDS = 8.0
PIXEL = 3
"""An image no larger than this each way shows nothing: it is there to count readers."""


@dataclass(frozen=True, slots=True)
class Image:
    media_type: str
    content: bytes


def remote_image(url: str, *, at: datetime, private: bool = False) -> Image:
    """The image behind a remote address, kept after the first look. Raises careline.kit.outgoing_http.Refused."""
    kept = remote_content(digest_of(url.encode()))
    if kept is not None:
        try:
            return Image(kept.media_type, content_of(kept.digest))
        except ContentMissing:
            pass
    fetched = fetch(url, most_bytes=MOST_BYTES, media_types=SHOWN, seconds=MOST_SECONDS, private=private)
    raster = raster_of(fetched.content)
    if raster is None:
        raise Refused("It is no image that can be shown.")
    if raster.width <= PIXEL and raster.height <= PIXEL:
        raise Refused("It is a tracking pixel.")
    digest = files.write([fetched.content])[0]
    with transaction.atomic():
        files.keep({digest: len(fetched.content)}, at=at)
        files.keep_remote(digest_of(url.encode()), digest=digest, media_type=raster.media_type, at=at)
    return Image(raster.media_type, fetched.content)
