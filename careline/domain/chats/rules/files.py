"""What a file truly is, by its first bytes; a browser only says what its name looks like."""

from __future__ import annotations

_SIGNS: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"PK\x03\x04", 0, "application/zip"),
    (b"PK\x05\x06", 0, "application/zip"),
    (b"\x1f\x8b", 0, "application/gzip"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"OggS", 0, "audio/ogg"),
    (b"ID3", 0, "audio/mpeg"),
)
_RUNS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_ZIPPED = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_TEXTS = ("text/plain", "text/csv", "application/json")
_FAMILIES = ("image/", "application/pdf", "video/", "audio/")
UNKNOWN = "application/octet-stream"


def type_of(content: bytes, *, name: str, said: str) -> str | None:
    """The type it is kept with; None for what runs, and for what is not what it says to be."""
    if content.startswith(_RUNS):
        return None
    found = next((kind for sign, at, kind in _SIGNS if content[at : at + len(sign)] == sign), "")
    if found == "application/zip" and said.startswith(_ZIPPED):
        return said
    if found:
        family = found.partition("/")[0] + "/"
        lies = (
            said.startswith(_FAMILIES)
            and said != found
            and not (family in ("video/", "audio/") and said.startswith(("video/", "audio/")))
        )
        return None if lies else found
    if said.startswith(_FAMILIES) and said != "image/svg+xml":
        return UNKNOWN if said.startswith(("video/", "audio/", "image/heic", "image/heif", "image/avif")) else None
    return said if said in _TEXTS else UNKNOWN
