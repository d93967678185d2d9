"""Reading contents."""

from careline.domain.files.store import store


def content_of(digest: str) -> bytes:
    """The bytes behind a digest; careline.kit.storage.ContentMissing where there are none."""
    return store().read(digest)
