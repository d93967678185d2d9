"""Encoded words in headers (RFC 2047), as senders really write them."""

from __future__ import annotations

import binascii
import re

from careline.domain.channels.email.mime.charsets import codec_of, decode_text, storable
from careline.domain.channels.email.mime.transfer import decode_base64_leniently

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,8})\?=(\s*(?==\?[^?\s]{1,60}\?[bBqQ]\?))?")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_BREAKS = re.compile(r"[\r\n]+")


def decode_words(value: str) -> str:
    """A header value as a person reads it: words decoded and joined, one line, no control characters."""
    if "=?" in value:
        value = _joined(value)
    return one_line(value)


def one_line(value: str) -> str:
    if value.isprintable():
        return value.strip()
    if "\n" in value or "\r" in value:
        value = _BREAKS.sub(" ", value)
    return storable(_CONTROLS.sub("", value)).replace("\t", " ").strip()


def _joined(value: str) -> str:
    """Neighbouring words of one charset are decoded together: a character may be split between them."""
    out: list[str] = []
    pending: list[bytes] = []
    charset = ""
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        named = word.group(1).split("*")[0].lower()
        if pending and (between or named != charset):
            out.append(_text(pending, charset))
            pending = []
        out.append(between)
        charset = named
        pending.append(_bytes_of(word.group(2), word.group(3)))
        at = word.end()
    if pending:
        out.append(_text(pending, charset))
    out.append(value[at:])
    return "".join(out)


def _bytes_of(encoding: str, encoded: str) -> bytes:
    sent = encoded.encode("utf-8", "surrogateescape") if not encoded.isascii() else encoded.encode("ascii")
    if encoding in "bB":
        return decode_base64_leniently(sent)
    return binascii.a2b_qp(sent.replace(b"\r", b"").replace(b"\n", b""), header=True)


def _text(pieces: list[bytes], charset: str) -> str:
    """Shift-state charsets begin anew in every word (RFC 2047 section 5), so a failure is tried word by word."""
    if len(pieces) > 1 and codec_of(charset).startswith(("iso2022", "hz", "utf-7")):
        return "".join(decode_text(piece, charset)[0] for piece in pieces)
    return decode_text(b"".join(pieces), charset)[0]
