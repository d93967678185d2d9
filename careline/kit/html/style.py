"""What a stranger's `style` attribute may say: looks, never loading, never leaving its place on the page."""

from __future__ import annotations

import re
from functools import lru_cache


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PROPERTIES = _names(
    """
    background background-color border border-bottom border-bottom-color border-bottom-left-radius
    border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color border-left
    border-left-color border-left-style border-left-width border-radius border-right border-right-color
    border-right-style border-right-width border-spacing border-style border-top border-top-color
    border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-sizing
    caption-side clear color direction display empty-cells float font font-family font-size font-style font-variant
    font-weight height letter-spacing line-height list-style list-style-position list-style-type margin
    margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width overflow
    overflow-wrap padding padding-bottom padding-left padding-right padding-top table-layout text-align
    text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-transform
    unicode-bidi vertical-align visibility white-space width word-break word-spacing word-wrap
    """
)
_COLOUR_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla"})
# An allow-list of characters: no backslash (CSS escapes) and none of @ < { } ; : * &, so no import can be spelt.
_VALUE = re.compile(r"[\w\s#%.,'\"()!+\-/]{1,400}")
_FUNCTION = re.compile(r"([\w-]*)\s*\(")
_MOST_CHARACTERS = 8_000


@lru_cache(maxsize=4096)
def safe_style(style: str) -> str:
    """The declarations of `style` that only change looks, in order; empty where none is left."""
    if len(style) > _MOST_CHARACTERS:
        return ""
    kept = []
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name in _PROPERTIES and _is_harmless(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def _is_harmless(value: str) -> bool:
    if not _VALUE.fullmatch(value):
        return False
    if "(" not in value:
        return True
    return all(function.lower() in _COLOUR_FUNCTIONS for function in _FUNCTION.findall(value))
