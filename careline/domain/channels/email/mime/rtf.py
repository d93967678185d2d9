"""Outlook's RTF: decompressed (MS-OXRTFCP), and read as HTML where it wraps a page (MS-OXRTFEX), else as plain text."""

from __future__ import annotations

import re
import struct

from careline.domain.channels.email.mime.charsets import decode_text, storable

LARGEST = 4_000_000

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SILENT = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "generator",
        "themedata",
        "datastore",
        "latentstyles",
        "listtable",
        "listoverridetable",
        "fldinst",
        "bkmkstart",
        "bkmkend",
        "xmlnstbl",
    ]
)
_WORDS = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "tab": "\t",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_MARKS = {"~": "\u00a0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}


def decompress_rtf(data: bytes) -> bytes:
    """LZFu; what cannot be decompressed is empty."""
    if len(data) < 16:
        return b""
    _size, raw_size, magic, _crc = struct.unpack_from("<II4sI", data)
    if magic == b"MELA":
        return data[16 : 16 + raw_size]
    if magic != b"LZFu":
        return b""
    window = bytearray(_DICTIONARY.ljust(4096, b"\x00"))
    write, at, out = len(_DICTIONARY), 16, bytearray()
    limit = min(raw_size, LARGEST)
    while at < len(data) and len(out) < limit:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) >= limit:
                break
            if not flags >> bit & 1:
                run = data[at : at + 1]
                at += 1
                window[write] = run[0]
                write = (write + 1) % 4096
                out += run
                continue
            if at + 2 > len(data):
                return bytes(out)
            reference = data[at] << 8 | data[at + 1]
            at += 2
            offset, length = reference >> 4, (reference & 15) + 2
            if offset == write:
                return bytes(out)
            for _ in range(length):
                byte = window[offset]
                out.append(byte)
                window[write] = byte
                offset, write = (offset + 1) % 4096, (write + 1) % 4096
    return bytes(out)


def read_rtf(data: bytes) -> tuple[str, bool]:
    """(words, whether they are HTML)."""
    source = data[:LARGEST].decode("latin-1")
    reader = _Reader(is_html="\\fromhtml1" in source[:2000])
    for token in _TOKEN.finditer(source):
        reader.meet(token)
    reader.flush()
    return storable("".join(reader.out)).strip(), reader.is_html


class _Reader:
    def __init__(self, *, is_html: bool) -> None:
        self.is_html = is_html
        self.out: list[str] = []
        self.bytes = bytearray()
        self.codepage = "cp1252"
        self.silent = False
        self.hidden = False
        self.in_tag = False
        self.skip = 0
        self.after_unicode = 1
        self.is_starred = False
        self.stack: list[tuple[bool, bool, bool]] = []

    def meet(self, token: re.Match[str]) -> None:
        word, number, hexed, mark, brace, plain = token.groups()
        if brace == "{":
            self.flush()
            if len(self.stack) < 10_000:
                self.stack.append((self.silent, self.in_tag, self.hidden))
        elif brace == "}":
            self.flush()
            self.silent, self.in_tag, self.hidden = self.stack.pop() if self.stack else (False, False, False)
        elif word:
            self._meet_word(word, int(number) if number else None)
        elif hexed:
            self._meet_byte(int(hexed, 16))
        elif mark == "*":
            self.is_starred = True
        elif mark:
            self._say(_MARKS.get(mark, ""))
        elif plain:
            skipped, self.skip = plain[self.skip :], max(0, self.skip - len(plain))
            self._say(skipped)

    def flush(self) -> None:
        if self.bytes:
            self.out.append(decode_text(bytes(self.bytes), self.codepage)[0])
            self.bytes.clear()

    def _meet_word(self, word: str, number: int | None) -> None:
        starred, self.is_starred = self.is_starred, False
        if word == "htmltag":
            self.in_tag = True
        elif word in _SILENT or (starred and word != "htmltag"):
            self.silent = True
        elif word == "htmlrtf":
            self.hidden = number != 0
        elif word == "ansicpg" and number:
            self.codepage = f"cp{number}"
        elif word == "uc":
            self.after_unicode = min(max(number or 0, 0), 10)
        elif word == "u" and number is not None:
            self._say(chr(number % 65536))
            self.skip = self.after_unicode
        elif word in _WORDS and not (self.is_html and self.in_tag and word not in ("par", "tab", "line")):
            self._say(_WORDS[word])

    def _meet_byte(self, byte: int) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.silent and not self.hidden:
            self.bytes.append(byte)

    def _say(self, text: str) -> None:
        self.flush()
        if text and not self.silent and not self.hidden:
            self.out.append(text)
