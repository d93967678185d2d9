"""The MIME tree below the header: alternative for text and HTML, related for inline images, mixed for attachments."""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
import re

from careline.domain.channels.email.compose.letter import Letter, LetterFile
from careline.domain.channels.email.compose.words import one_line, parameter

Part = tuple[list[str], bytes]
"""Header lines of a part without their line ends, and its encoded content without the last line break."""

_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}\Z")
_LONGEST_PLAIN_LINE = 78


def body_of(letter: Letter) -> Part:
    inline = letter.inline if letter.html else ()
    attached = (*letter.attachments, *(() if letter.html else letter.inline))
    words = _words_of(letter, inline)
    if not attached:
        return words
    return _multipart("mixed", [words, *(_file(one, "attachment") for one in attached)], letter)


def _words_of(letter: Letter, inline: tuple[LetterFile, ...]) -> Part:
    plain = _text("plain", _with_quotes(letter))
    if not letter.html:
        return plain
    markup = _text("html", _document(letter))
    if inline:
        markup = _multipart("related", [markup, *(_file(one, "inline") for one in inline)], letter, 'type="text/html"')
    return _multipart("alternative", [plain, markup], letter) if letter.text.strip() else markup


def _with_quotes(letter: Letter) -> str:
    quoted = [
        f"{quote.attribution}\n" + "\n".join(f"> {line}".rstrip() for line in quote.text.splitlines())
        for quote in letter.quotes
    ]
    return "\n\n".join([letter.text, *quoted]) if quoted else letter.text


def _document(letter: Letter) -> str:
    quoted = "".join(
        f'\n<div class="careline-quote"><p>{html.escape(quote.attribution)}</p>'
        '<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
        f"{quote.html or _as_markup(quote.text)}</blockquote></div>"
        for quote in letter.quotes
    )
    if "<html" in letter.html[:500].lower():
        before, end, after = letter.html.rpartition("</body>")
        return before + quoted + end + after if end else letter.html + quoted
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n'
        + letter.html
        + quoted
        + "\n</body></html>\n"
    )


def _as_markup(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


def _text(subtype: str, words: str) -> Part:
    content = _with_line_ends(words).encode("utf-8", "replace")
    encoding, encoded = _encoded(content)
    charset = "us-ascii" if content.isascii() else "utf-8"
    lines = [f'Content-Type: text/{subtype}; charset="{charset}"', f"Content-Transfer-Encoding: {encoding}"]
    return lines, encoded


def _with_line_ends(words: str) -> str:
    """CRLF throughout, and one at the end."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return (lines if lines.endswith("\n") else lines + "\n").replace("\n", "\r\n")


def _encoded(content: bytes) -> tuple[str, bytes]:
    longest = max(map(len, content.split(b"\r\n")))
    begins_from = content.startswith(b"From ") or b"\nFrom " in content
    if content.isascii() and longest <= _LONGEST_PLAIN_LINE and b"\0" not in content and not begins_from:
        return "7bit", content
    if sum(byte > 126 for byte in content) * 4 > len(content):
        return "base64", _base64(content)
    written = binascii.b2a_qp(content, istext=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return "quoted-printable", re.sub(rb"(?m)^From ", b"=46rom ", written)


def _file(file: LetterFile, disposition: str) -> Part:
    """Always base64, so that every byte arrives. Messages within travel as files: base64 is forbidden for message/*."""
    kind = file.media_type.strip().lower()
    if not _MEDIA_TYPE.match(kind) or kind.startswith(("message/", "multipart/")):
        kind = "application/octet-stream"
    lines = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64"]
    name = one_line(file.name).strip()
    named = [f";\r\n {one}" for one in parameter("filename", name)] if name else []
    lines.append(f"Content-Disposition: {disposition}" + "".join(named))
    content_id = re.sub(r"[^\w.@+=-]", "", file.content_id, flags=re.ASCII)[:200]
    if content_id:
        lines.append(f"Content-ID: <{content_id}>")
    return lines, _base64(file.content)


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _multipart(subtype: str, parts: list[Part], letter: Letter, *more: str) -> Part:
    boundary = _boundary(subtype, parts, letter)
    written = b""
    for lines, content in parts:
        head = "".join(f"{line}\r\n" for line in lines).encode("ascii")
        written += b"--%s\r\n%s\r\n%s\r\n" % (boundary, head, content)
    kind = "; ".join([f"Content-Type: multipart/{subtype}", *more])
    return [f'{kind};\r\n boundary="{boundary.decode()}"'], written + b"--%s--\r\n" % boundary


def _boundary(subtype: str, parts: list[Part], letter: Letter) -> bytes:
    """From the Message-ID, so that a letter composed twice is the same; never one that stands in a part."""
    attempt = 0
    while True:
        seed = f"{letter.message_id} {subtype} {attempt}".encode("utf-8", "replace")
        boundary = b"=_" + hashlib.sha256(seed).hexdigest()[:32].encode()
        if not any(boundary in content for _, content in parts):
            return boundary
        attempt += 1
