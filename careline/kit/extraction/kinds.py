"""What kind of file it is that we may read, by its first bytes, its name and its media type; first bytes win."""

from __future__ import annotations

PDF, OFFICE, PLAIN = "pdf", "office", "plain"
MOST_BYTES = 50 * 1024 * 1024
_OFFICE_NAMES = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".odt", ".ods", ".odp")
_OFFICE_TYPES = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_PLAIN_NAMES = (".txt", ".csv", ".tsv", ".md", ".log", ".json", ".xml", ".html", ".htm", ".ics", ".vcf")


class Unreadable(Exception):
    """There is a reason why the file has no text for us; the reason is one word, as a state that is kept."""


def kind_of(name: str, media_type: str, *, begins: bytes = b"") -> str:
    """pdf, office or plain; empty for what is not read. Without first bytes: what it calls itself."""
    name, media_type = name.lower(), media_type.lower()
    if begins.startswith(b"%PDF-") or (not begins and (media_type == "application/pdf" or name.endswith(".pdf"))):
        return PDF
    says_office = name.endswith(_OFFICE_NAMES) or media_type.startswith(_OFFICE_TYPES)
    if says_office and (not begins or begins.startswith(b"PK\x03\x04")):
        return OFFICE
    if b"%PDF-" in begins[:1024]:
        return PDF
    if name.endswith(_PLAIN_NAMES) or media_type.startswith("text/"):
        return PLAIN if b"\0" not in begins[:1024] else ""
    return ""
