"""winmail.dat: the wrapping of Outlook (MS-OXTNEF), taken apart as far as it is whole."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from careline.domain.channels.email.mime.charsets import decode_text, storable
from careline.domain.channels.email.mime.mapi import read_properties
from careline.domain.channels.email.mime.rtf import decompress_rtf

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_FILES = 1_000

_BODY, _OEM_CODEPAGE, _MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
_FILE_BEGINS, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_PR_BODY, _PR_RTF, _PR_HTML = 0x1000, 0x1009, 0x1013
_PR_DATA, _PR_LONG_NAME, _PR_SHORT_NAME, _PR_MIME, _PR_CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712


@dataclass(slots=True)
class TnefFile:
    name: str = ""
    media_type: str = ""
    content: bytes = b""
    content_id: str = ""


@dataclass(slots=True)
class Tnef:
    """`html` and `rtf` are bytes as they were wrapped; `is_whole` is False where the data broke off."""

    text: str = ""
    html: bytes = b""
    rtf: bytes = b""
    codepage: str = ""
    files: list[TnefFile] = field(default_factory=list)
    is_whole: bool = True


def is_tnef(content: bytes) -> bool:
    return content.startswith(SIGNATURE)


def read_tnef(content: bytes) -> Tnef:
    tnef = Tnef()
    for name, value in _attributes(content, tnef):
        if name == _OEM_CODEPAGE and len(value) >= 4:
            tnef.codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == _BODY:
            tnef.text = tnef.text or _words(value, tnef.codepage)
        elif name == _MESSAGE_PROPERTIES:
            _read_message(value, tnef)
        elif name == _FILE_BEGINS and len(tnef.files) < MOST_FILES:
            tnef.files.append(TnefFile())
        elif tnef.files:
            _read_file(name, value, tnef)
    tnef.files = [each for each in tnef.files if each.content or each.name]
    return tnef


def _attributes(content: bytes, tnef: Tnef) -> Iterator[tuple[int, bytes]]:
    """(id, value): level, id, type, length, value, checksum, one behind the other."""
    at = 6
    while at + 9 <= len(content):
        _level, name, _kind, length = struct.unpack_from("<BHHI", content, at)
        at += 9
        if at + length > len(content):
            tnef.is_whole = False
            yield name, content[at:]
            return
        yield name, content[at : at + length]
        at += length + 2


def _read_message(value: bytes, tnef: Tnef) -> None:
    properties, is_whole = read_properties(value)
    tnef.is_whole = tnef.is_whole and is_whole
    if _PR_BODY in properties:
        tnef.text = _property_words(properties[_PR_BODY], tnef.codepage) or tnef.text
    if _PR_HTML in properties:
        tnef.html = properties[_PR_HTML][1]
    if _PR_RTF in properties:
        tnef.rtf = decompress_rtf(properties[_PR_RTF][1])


def _read_file(name: int, value: bytes, tnef: Tnef) -> None:
    file = tnef.files[-1]
    if name == _FILE_TITLE:
        file.name = file.name or _words(value, tnef.codepage)
    elif name == _FILE_DATA:
        file.content = value
    elif name == _FILE_PROPERTIES:
        properties, is_whole = read_properties(value)
        tnef.is_whole = tnef.is_whole and is_whole
        for key in (_PR_SHORT_NAME, _PR_LONG_NAME):
            file.name = _property_words(properties.get(key, (0, b"")), tnef.codepage) or file.name
        file.media_type = _property_words(properties.get(_PR_MIME, (0, b"")), tnef.codepage)
        file.content_id = _property_words(properties.get(_PR_CONTENT_ID, (0, b"")), tnef.codepage)
        kind, data = properties.get(_PR_DATA, (0, b""))
        # An object's first 16 bytes name its interface.
        file.content = (data[16:] if kind == 0x0D else data) or file.content


def _property_words(value: tuple[int, bytes], codepage: str) -> str:
    kind, content = value
    if kind == 0x1F:
        return storable(content.decode("utf-16-le", "replace")).rstrip("\x00")
    return _words(content, codepage)


def _words(content: bytes, codepage: str) -> str:
    return decode_text(content.split(b"\x00")[0], codepage)[0]
