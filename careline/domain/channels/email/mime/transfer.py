"""Content-Transfer-Encoding undone (RFC 2045 section 6), however badly it was done."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from careline.domain.channels.email.mime.uuencode import decode_uuencoded

_SAMPLE = 8192
_CHUNK = 1_000_000
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\-_\s]")
_PADDED_END = re.compile(rb"=[=\s]*")
_BLANKS = b" \t\r\n\x00"
_BASE64_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64_LETTERS = bytes(set(range(256)) - set(_BASE64_LETTERS))
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_SOFT_BREAK_WITH_BLANKS = re.compile(rb"=[ \t]+(?=\r?\n|\Z)")
_SOFT_BREAK_BARE_CR = re.compile(rb"=\r(?!\n)")
_AS_IS = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "8bits", "7bits", "none", "plain", "us-ascii", "utf-8"}


def decode_transfer(body: bytes, encoding: str) -> tuple[bytes, bytes, str]:
    """(content, leftover, defect). `leftover` is plain text that somebody's program put behind the end of base64."""
    name = encoding.strip().strip("\"'").split(";")[0].strip().lower()
    if name in _AS_IS:
        return body, b"", ""
    compact = name.replace(" ", "").replace("_", "-")
    strange = f"Unknown transfer encoding {name[:40]!r}"
    if compact.startswith(("quoted", "qp")):
        defect = "" if name == "quoted-printable" else f"{strange}, read as quoted-printable."
        return decode_quoted_printable(body), b"", defect
    if compact.startswith("base"):
        content, leftover, defect = decode_base64(body)
        return content, leftover, defect or ("" if name == "base64" else f"{strange}, read as base64.")
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        decoded = decode_uuencoded(body)
        return (body, b"", "What says it is uuencoded is not.") if decoded is None else (decoded, b"", "")
    return body, b"", f"{strange}, taken as it is."


def decode_quoted_printable(body: bytes) -> bytes:
    if b"=" not in body:
        return body
    return b"".join(_decode_quoted(chunk) for chunk in _chunks_of_lines(body))


def decode_base64(body: bytes) -> tuple[bytes, bytes, str]:
    if _is_not_base64(body):
        return body, b"", "What says it is base64 is not; taken as it is."
    pad = body.find(b"=")
    if pad < 0 or not body[pad:].strip(b"=" + _BLANKS):
        return _decode_run(body), b"", ""
    pieces, leftover = _padded_runs(body)
    content = b"".join(_decode_run(piece) for piece in pieces)
    return content, leftover, "Base64 went on after its end."


def decode_base64_leniently(body: bytes) -> bytes:
    """For encoded words: what can be decoded, and nothing else."""
    return _decode_run(body)


def _decode_quoted(lines: bytes) -> bytes:
    lines = _SOFT_BREAK_WITH_BLANKS.sub(b"=", lines)
    if b"=\r" in lines:
        # binascii swallows everything up to the next LF after a "=" before a bare CR.
        lines = _SOFT_BREAK_BARE_CR.sub(b"=\r\n", lines)
    return binascii.a2b_qp(lines)


def _chunks_of_lines(body: bytes) -> Iterator[bytes]:
    """Whole lines of about a megabyte together: replacing in all at once takes many times the memory of a large body."""
    start = 0
    while start < len(body):
        end = body.find(b"\n", start + _CHUNK) + 1 or len(body)
        yield body[start:end]
        start = end


def _padded_runs(body: bytes) -> tuple[list[bytes], bytes]:
    """Runs of base64 that each end in padding, and the text behind the last that is none."""
    runs: list[bytes] = []
    at = 0
    while at < len(body):
        end = _PADDED_END.search(body, at)
        stop = end.end() if end else len(body)
        if runs and (_NOT_BASE64.search(body, at, min(stop, at + _SAMPLE)) or _has_words(body[at : at + 200])):
            return runs, body[at:].strip(_BLANKS)
        runs.append(body[at:stop])
        at = stop
        if len(runs) >= 100_000:
            return runs, body[at:].strip(_BLANKS)
    return runs, b""


def _decode_run(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        letters = body.translate(_URL_SAFE).translate(None, _NOT_BASE64_LETTERS)
        letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _is_not_base64(body: bytes) -> bool:
    sample = body[:_SAMPLE].partition(b"=")[0]
    strange = len(_NOT_BASE64.findall(sample))
    return strange * 50 > len(sample) or (strange > 0 and _has_words(sample)) or _has_words(sample[:400])


def _has_words(sample: bytes) -> bool:
    """Several blanks inside lines: people's words, which base64 never holds."""
    return sum(len(line.strip().split(b" ")) - 1 for line in sample.splitlines()[:8]) >= 3
