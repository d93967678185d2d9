"""The icons of the screens, by our own words, drawn by the `heroicons` package.

A full page carries one sprite with every icon; rows and fragments only point into it, so that a list of 50 rows
repeats a short reference instead of 150 drawings, and nothing is fetched.
"""

from functools import cache
from importlib.resources import files
from xml.etree import ElementTree
from zipfile import ZipFile

from markupsafe import Markup, escape

_NAMESPACE = "{http://www.w3.org/2000/svg}"
DRAWINGS = {
    "archive": "archive-box",
    "attachment": "paper-clip",
    "block": "no-symbol",
    "back": "chevron-left",
    "bell": "bell",
    "bell_off": "bell-slash",
    "bold": "bold",
    "book": "book-open",
    "box": "cube",
    "bounce": "no-symbol",
    "case": "chat-bubble-left-right",
    "chart": "chart-bar",
    "check": "check",
    "clock": "clock",
    "close": "x-mark",
    "columns": "view-columns",
    "contrast": "eye-dropper",
    "copy": "document-duplicate",
    "company": "building-office-2",
    "customer": "user",
    "customers": "user-group",
    "dark": "moon",
    "down": "chevron-down",
    "download": "arrow-down-tray",
    "edit": "pencil-square",
    "money": "banknotes",
    "event": "bolt",
    "failed": "exclamation-circle",
    "filter": "adjustments-horizontal",
    "filterset": "funnel",
    "forward": "arrow-uturn-right",
    "hand_over": "arrows-right-left",
    "halves": "rectangle-stack",
    "history": "bars-3-bottom-left",
    "inbox": "inbox",
    "italic": "italic",
    "report": "presentation-chart-line",
    "info": "information-circle",
    "key": "key",
    "keyboard": "command-line",
    "leave": "arrow-right-start-on-rectangle",
    "light": "sun",
    "link": "link",
    "list": "list-bullet",
    "lock": "lock-closed",
    "macro": "play",
    "mailbox": "at-symbol",
    "merge": "arrows-pointing-in",
    "menu": "bars-3",
    "more": "ellipsis-horizontal",
    "next": "chevron-right",
    "newest": "bars-arrow-down",
    "note": "document-text",
    "numbered": "numbered-list",
    "offline": "signal-slash",
    "online": "signal",
    "open": "arrow-top-right-on-square",
    "outbox": "paper-airplane",
    "people": "identification",
    "photo": "photo",
    "plus": "plus",
    "priority": "flag",
    "raise": "arrow-trending-up",
    "question": "question-mark-circle",
    "quote": "chat-bubble-bottom-center-text",
    "raw": "code-bracket",
    "remove": "trash",
    "reopen": "arrow-path",
    "reply": "arrow-uturn-left",
    "resolve": "check-circle",
    "search": "magnifying-glass",
    "settings": "cog-6-tooth",
    "share": "share",
    "rows": "queue-list",
    "shield": "shield-check",
    "show": "eye",
    "split": "arrows-pointing-out",
    "star": "star",
    "system": "computer-desktop",
    "tag": "tag",
    "take": "hand-raised",
    "team": "users",
    "unrouted": "inbox-arrow-down",
    "up": "chevron-up",
    "verified": "shield-check",
    "warning": "exclamation-triangle",
    "whole": "stop",
    # channel kinds
    "chat": "chat-bubble-left",
    "counter": "user-plus",
    "email": "envelope",
    "fake": "sparkles",
    "fax": "printer",
    "form": "pencil-square",
    "letter": "document-text",
    "phone": "phone",
    "sms": "device-phone-mobile",
    "social": "globe-alt",
}


@cache
def icon(name: str, *, label: str = "") -> Markup:
    """A reference into the sprite: without a label screen readers skip it; an unknown name is a question mark."""
    key = name if name in DRAWINGS else "question"
    if label:
        return Markup('<svg class="icon" role="img" aria-label="{}"><use href="#icon-{}"></use></svg>').format(
            label, key
        )
    return Markup('<svg class="icon" aria-hidden="true"><use href="#icon-{}"></use></svg>').format(key)


@cache
def icon_sprite() -> Markup:
    """All drawings out of the package's archive at once: opened for each, it took a third of a second before the first page."""
    with (files("heroicons") / "heroicons.zip").open("rb") as held, ZipFile(held) as drawings:
        symbols = "".join(_symbol(name, drawings.read(f"outline/{drawing}.svg")) for name, drawing in DRAWINGS.items())
    return Markup(f'<svg class="sprite" aria-hidden="true" width="0" height="0">{symbols}</svg>')  # noqa: S704


def _symbol(name: str, drawing: bytes) -> str:
    # our own dependency's drawing, not a stranger's text
    svg = ElementTree.fromstring(drawing)  # noqa: S314
    for path in svg:
        path.tag = path.tag.removeprefix(_NAMESPACE)
        # how all of them are stroked stands once, in base.css
        for stroke in ("stroke-linecap", "stroke-linejoin"):
            path.attrib.pop(stroke, None)
    paths = "".join(ElementTree.tostring(path, encoding="unicode").strip() for path in svg)
    return f'<symbol id="icon-{escape(name)}" viewBox="0 0 24 24">{paths}</symbol>'
