"""What a file truly is, by its first bytes: names and media types that browsers send are only what it calls itself."""

from __future__ import annotations

LARGEST = 10 * 1024 * 1024
_BEGINNINGS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",)),
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg", "jfif")),
    (b"GIF87a", "image/gif", ("gif",)),
    (b"GIF89a", "image/gif", ("gif",)),
    (b"%PDF-", "application/pdf", ("pdf",)),
)
_HEIF = frozenset((b"heic", b"heix", b"mif1", b"msf1", b"hevc"))
_PACKED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PLAIN = {"txt": "text/plain", "csv": "text/csv", "log": "text/plain"}
ACCEPTED = ".png,.jpg,.jpeg,.gif,.webp,.heic,.pdf,.mp4,.mov,.docx,.xlsx,.pptx,.odt,.ods,.txt,.csv,.log"
"""As the file chooser of a browser is told."""


def real_type(name: str, content: bytes) -> str:
    """The media type of a file that is what its name says; empty for one that lies, or that nobody needs to send us."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    for begins, media_type, endings in _BEGINNINGS:
        if content.startswith(begins):
            return media_type if ending in endings else ""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp" if ending == "webp" else ""
    if content[4:8] == b"ftyp":
        return _boxed(content[8:12], ending)
    if content.startswith(b"PK\x03\x04"):
        return _PACKED.get(ending, "")
    if ending in _PLAIN and b"\0" not in content and _is_text(content):
        return _PLAIN[ending]
    return ""


def _boxed(brand: bytes, ending: str) -> str:
    if brand in _HEIF:
        return "image/heic" if ending in ("heic", "heif") else ""
    if brand == b"qt  ":
        return "video/quicktime" if ending == "mov" else ""
    return "video/mp4" if ending in ("mp4", "m4v") else ""


def _is_text(content: bytes) -> bool:
    """Words in UTF-8 that are no page: a browser would read a page out of anything that begins like one."""
    try:
        begins = content[:4096].decode("utf-8", "strict" if len(content) <= 4096 else "ignore")
    except UnicodeDecodeError:
        begins = content[:4096].decode("latin-1")
    return not begins.lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype", "<html", "<script", "<svg", "<?xml"))


def clean_name(name: str) -> str:
    """The last part of a path, without what can't be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip()[:200] or "file"
