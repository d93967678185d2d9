"""A header block: where it ends, its fields in order, unfolded, and what was wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from careline.domain.channels.email.mime.charsets import codec_of, decode_text, storable

LONGEST_BLOCK = 2_000_000
MOST_FIELDS = 2_000
LONGEST_VALUE = 100_000

_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r\n\r?\r\n|\r\r")
_FIELD = re.compile(r"([!-9;-~]{1,200})[ \t]*:")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_MBOX_LINE = re.compile(rb">?From [^\r\n]{1,300}\r?\n(?=[!-9;-~]{1,80}:)")
_LEADING_BLANKS = re.compile(rb"(?:[ \t]{0,100}\r?\n){1,1000}(?=(?:[!-9;-~]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2})")
_CHARSET = re.compile(rb"charset\s*=\s*\"?([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|received|return-path|mime-version"
    r"|content-[a-z-]+|delivered-to|importance|priority|organization|user-agent|list-[a-z-]+|auto-submitted|precedence"
    r"|dkim-signature|authentication-results|errors-to|thread-[a-z]+|comments|keywords|status|lines|resent-[a-z-]+"
    r"|x-[a-z0-9-]+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class HeaderBlock:
    """`fields` as sent (unfolded, encoded words not yet decoded); the body begins at `body_start`."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    body_start: int = 0
    defects: list[str] = field(default_factory=list)

    def value(self, name: str) -> str:
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), "")


def read_top_headers(raw: bytes) -> HeaderBlock:
    """The headers of a whole mail, with what spools and people put in front of them passed over."""
    start = 0
    defects = []
    if raw.startswith(b"\xef\xbb\xbf"):
        start, defects = 3, ["A byte order mark stood before the headers."]
    if mbox := _MBOX_LINE.match(raw, start):
        start = mbox.end()
    if raw[start : start + 1] in (b"\n", b"\r", b" ", b"\t") and (blanks := _LEADING_BLANKS.match(raw, start)):
        start = blanks.end()
        defects.append("Blank lines stood before the headers.")
    block = read_headers(raw, start, len(raw))
    if not block.fields:
        block.defects.append("The mail has no headers.")
    block.defects[:0] = defects
    return block


def read_headers(raw: bytes, start: int, end: int) -> HeaderBlock:
    """The header block between two offsets. A line that is no header ends it, unless known headers go on behind it."""
    if start >= end:
        return HeaderBlock(body_start=end)
    first = raw[start : start + 2]
    if first == b"\r\n" or first[:1] == b"\n":
        return HeaderBlock(body_start=start + (2 if first == b"\r\n" else 1))
    blank = _BLANK_LINE.search(raw, start, min(end, start + LONGEST_BLOCK))
    stop, body = (blank.start(), blank.end()) if blank else (min(end, start + LONGEST_BLOCK), end)
    block = _fields_of(raw[start:stop])
    if not block.fields or block.body_start < stop - start:
        block.body_start += start
        if block.fields:
            block.defects.append("The headers end without a blank line.")
        return block
    block.body_start = body
    if not blank and stop < end:
        block.defects.append("The headers are too long; what is behind their first 2 MB is in the raw mail only.")
    return block


def _fields_of(data: bytes) -> HeaderBlock:
    """Fields of a block; `body_start` is relative to the block: its length where all of it is headers."""
    text, offsets_hold = _text_of(data)
    block = HeaderBlock(body_start=len(data))
    if "\r" in text:
        text = text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
        text = text.replace("\r", " ")
    lines = _FOLD.sub("", text).split("\n")
    for index, line in enumerate(lines):
        found = _FIELD.match(line)
        if found and len(block.fields) < MOST_FIELDS:
            block.fields.append((found.group(1), line[found.end() :].strip()[:LONGEST_VALUE]))
            if len(line) > LONGEST_VALUE + 200:
                block.defects.append(f"{found.group(1)[:40]} is too long; all of it is in the raw mail.")
        elif found:
            block.defects.append(f"More than {MOST_FIELDS} headers; the rest is in the raw mail only.")
            return block
        elif line.strip() and not _go_on(lines, index, block):
            block.body_start = _offset_of_line(data, line) if offsets_hold else 0
            return block
    return block


def _go_on(lines: list[str], index: int, block: HeaderBlock) -> bool:
    """Mend a line that is no header, where headers follow it: it belonged to the one before, not indented."""
    if not block.fields:
        return False
    for later in lines[index + 1 : index + 20]:
        found = _FIELD.match(later)
        if found and _KNOWN.fullmatch(found.group(1)):
            name, value = block.fields[-1]
            block.fields[-1] = (name, f"{value} {lines[index].strip()}"[:LONGEST_VALUE])
            block.defects.append(f"A line inside the headers was no header; it was added to {name[:40]}.")
            return True
    return False


def _text_of(data: bytes) -> tuple[str, bool]:
    if data.isascii():
        text = data.decode("ascii")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            named = _CHARSET.search(data)
            charset = named.group(1).decode("ascii") if named else ""
            charset = "" if codec_of(charset).startswith(("utf", "iso2022", "hz")) else charset
            text = "\n".join(decode_text(line, charset)[0] for line in data.split(b"\n"))
    return storable(text), True


def _offset_of_line(data: bytes, line: str) -> int:
    """Where a line begins that was met as text; its own first bytes are looked for at the beginning of lines."""
    head = line.split(" ", maxsplit=1)[0]
    wanted = head.encode("utf-8", "replace") if head.isascii() else b""
    at = data.find(b"\n" + wanted) if wanted else -1
    if data.startswith(wanted) and wanted:
        return 0
    return at + 1 if at >= 0 else _first_non_header(data)


def _first_non_header(data: bytes) -> int:
    at = 0
    for line in data.splitlines(keepends=True):
        if line.strip() and line[:1] not in b" \t" and not re.match(rb"[!-9;-~]{1,200}[ \t]*:", line):
            return at
        at += len(line)
    return at
