"""Which files may go along, and whether somebody writes of a file that is not there. Pure."""

from __future__ import annotations

LARGEST = 25 * 1024 * 1024
"""Bytes; what most mail servers take."""
_RUNNING = (
    "ade adp apk app bat cab chm cmd com cpl dll dmg exe hta ins isp jar jse lib lnk mde msc msi msp mst pif ps1 reg scr "
    "sct shb sys vb vbe vbs vxd wsc wsf wsh"
)
REFUSED = frozenset(_RUNNING.split())
"""Endings of names that mail servers turn away, because the file would run where it is opened."""

ATTACHED = {
    "en": r"attach(?:ed|ing|ment|ments)|enclosed",
    "de": r"angehängt\w*|(?:im|in den) anhang|anbei|beigefügt\w*|anhänge",
    "fr": r"ci-jointe?s?|pi[èe]ces? jointes?|en annexe",
    "es": r"adjunt(?:o|a|os|as|amos)",
    "ar": r"(?:ال)?مرفق(?:ات|ة|ًا)?|أرفق(?:ت|نا)",
}
"""How people say in each language that a file is with it, as regular expressions that Python and browsers read alike."""


def is_refused(name: str) -> bool:
    """Also where the ending hides behind blanks and dots, as Windows cuts them off."""
    _, dot, ending = name.rstrip(" .").rpartition(".")
    return bool(dot) and ending.lower() in REFUSED


def attached_pattern() -> str:
    """All languages in one, since nobody knows in which the next sentence is written."""
    return "|".join(f"(?:{words})" for words in ATTACHED.values())
