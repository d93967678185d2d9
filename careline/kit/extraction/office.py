"""The text of Word, Excel, PowerPoint and OpenDocument files: XML in a zip, both read with suspicion."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from careline.kit.extraction.kinds import Unreadable

MOST_ENTRIES = 5_000
MOST_UNPACKED = 64 * 1024 * 1024
"""Of all parts together: a bomb unpacks to gigabytes."""
_CHUNK = 64 * 1024
_PARTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|xl/(sharedStrings|worksheets/sheet\d+|workbook)\.xml"
    r"|ppt/(slides/slide\d+|notesSlides/notesSlide\d+)\.xml|content\.xml"
)
# Elements (whatever their namespace) after which words do not go on.
_BREAKS = {
    "p",
    "h",
    "br",
    "tab",
    "tc",
    "tr",
    "row",
    "c",
    "si",
    "s",
    "line-break",
    "table-cell",
    "table-row",
    "list-item",
    "is",
}


def text_of_office(content: bytes, *, most: int) -> str:
    """Raises Unreadable for what unpacks to too much, zipfile.BadZipFile or etree.XMLSyntaxError for what is broken."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise Unreadable("too_big")
        parts = sorted((entry for entry in entries if _PARTS.fullmatch(entry.filename)), key=_reading_order)
        if any(entry.flag_bits & 1 for entry in parts):
            raise Unreadable("locked")
        found, size, left = [], 0, MOST_UNPACKED
        for entry in parts:
            raw = _unpacked(archive, entry, left)
            left -= len(raw)
            text = _text_of_xml(raw, numbers=entry.filename.startswith("xl/worksheets"))
            found.append(text)
            size += len(text)
            if size >= most:
                break
    return "\n".join(found)[:most]


def _reading_order(entry: zipfile.ZipInfo) -> tuple[bool, int, str]:
    number = re.search(r"(\d+)\.xml$", entry.filename)
    return "/notesSlides/" in entry.filename, int(number[1]) if number else 0, entry.filename


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """What the entry holds, counted while it is unpacked: its own word for its size is not taken."""
    if entry.file_size > most:
        raise Unreadable("too_big")
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            size += len(piece)
            if size > most:
                raise Unreadable("too_big")
            pieces.append(piece)
    return b"".join(pieces)


def _text_of_xml(raw: bytes, *, numbers: bool) -> str:
    """`numbers`: of a sheet only what stands in its cells themselves, for its words stand elsewhere."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=True
    )
    root = etree.fromstring(raw, parser)
    if root is None:
        return ""
    return " ".join("".join(_numbers(root) if numbers else _words(root)).split())


def _words(root: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element.text and isinstance(element.tag, str):
                yield element.text
            name = element.get("name")
            if name and _local(element) == "sheet":
                yield f"{name} "
        else:
            if _local(element) in _BREAKS:
                yield " "
            if element.tail:
                yield element.tail


def _numbers(root: etree._Element) -> Iterator[str]:
    for cell in root.iter("{*}c"):
        if cell.get("t") == "s":
            continue
        for value in cell.iter("{*}v", "{*}t"):
            yield f"{value.text or ''} "


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
