"""Parameters of Content-Type and Content-Disposition, with RFC 2231 continuations and charsets; names of files."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from careline.domain.channels.email.mime.charsets import decode_text
from careline.domain.channels.email.mime.words import decode_words, one_line

LONGEST_NAME = 200

_PARAMETER = re.compile(
    r";\s*([^\s=;\"]{1,80})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;\r\n]*))",
    re.DOTALL,
)
_NUMBERED = re.compile(r"(.+?)\*(\d{1,4})(\*?)")
_PATH = re.compile(r"^.*[\\/]", re.DOTALL)
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff:*?\"<>|]+")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)


@lru_cache(maxsize=2048)
def _cached(value: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    head, _, _ = value.partition(";")
    return head.strip().strip('"').lower(), tuple(_parameters(value))


def read_parameters(value: str) -> tuple[str, dict[str, str]]:
    """(`text/plain`, {"charset": …}): names lower, the first of doubles counts, values decoded and on one line."""
    if len(value) < 300:
        head, found = _cached(value)
        return head, dict(found)
    head, _, _ = value.partition(";")
    return head.strip().strip('"').lower()[:200], dict(_parameters(value[:20_000]))


def media_type_of(value: str, *, default: str = "text/plain") -> str:
    """A usable `type/subtype`, mended where it can be."""
    if _MEDIA_TYPE.fullmatch(value):
        return value
    found = _MEDIA_TYPE.search(value)
    if found:
        return found.group()
    bare = value.strip(" /;")
    if not bare or bare in ("text", "plain"):
        return default
    return {"multipart": "multipart/mixed", "message": "message/rfc822", "html": "text/html"}.get(
        bare, "application/octet-stream"
    )


def clean_name(name: str) -> str:
    """A file name without paths, controls and direction marks, at most 200 characters, its ending kept."""
    name = _PATH.sub("", one_line(name))
    name = _FORBIDDEN.sub("_", name).strip(" .") if _FORBIDDEN.search(name) else name.strip(" .")
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - 21]}.{ending}" if dot and len(ending) <= 20 else name[:LONGEST_NAME]


def _parameters(value: str) -> list[tuple[str, str]]:
    plain: dict[str, str] = {}
    numbered: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(value if ";" in value else ""):
        name, quoted, bare = found.group(1).lower(), found.group(2), found.group(3)
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted and "\\" in quoted and "name" not in name else quoted
        text = bare.strip().strip('"') if text is None else text
        piece = _NUMBERED.fullmatch(name)
        if piece:
            numbered.setdefault(piece.group(1), {}).setdefault(int(piece.group(2)), (text, bool(piece.group(3))))
        elif name.endswith("*"):
            numbered.setdefault(name[:-1], {}).setdefault(0, (text, True))
        else:
            plain.setdefault(name, decode_words(_unescaped(text) if quoted is not None else text))
    for name, pieces in numbered.items():
        plain[name] = _joined(pieces)
    return list(plain.items())


def _unescaped(text: str) -> str:
    """Quotes inside file names are escaped; lone backslashes are Windows paths and stay."""
    return text.replace('\\"', '"')


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231: charset'language'percent-encoded, in numbered pieces, each percent-encoded or not."""
    charset = ""
    out: list[bytes] = []
    for place, number in enumerate(sorted(pieces)):
        text, is_encoded = pieces[number]
        if is_encoded and place == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        out.append(unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "replace"))
    joined = b"".join(out)
    return decode_words(decode_text(joined, charset)[0])
