"""Typed rows as an Apache Parquet file of plain, deflated columns, written a group of rows at a time.

By the format's own description (parquet-format 2, parquet.thrift): data pages of version 1, definition levels as RLE or
bit-packed, codec GZIP. Texts of which a group holds few different ones are told by their place in a dictionary, one byte
each; all else is PLAIN. Every column may have empty cells.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, BinaryIO

from careline.kit.sheets.columns import Column, Rows
from careline.kit.sheets.thrift import I32, I64, Struct, packed, varint

GROUP = 20_000
"""Rows that are in memory at a time."""
_MAGIC = b"PAR1"
_BOOLEAN, _INT32, _INT64, _DOUBLE, _BYTES = 0, 1, 2, 5, 6
_PLAIN, _RLE, _BY_PLACE, _GZIP, _OPTIONAL = 0, 3, 8, 2, 1
_FEW = 256
_UTF8, _DATE, _MICROS = 0, 6, 10
# kind: physical type, and how it is to be read
_TYPES: dict[str, tuple[int, int | None]] = {
    "text": (_BYTES, _UTF8), "integer": (_INT64, None), "number": (_DOUBLE, None), "boolean": (_BOOLEAN, None),
    "moment": (_INT64, _MICROS), "date": (_INT32, _DATE),
}  # fmt: skip
_EPOCH, _FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Cells:
    """A column of a group of rows. `there`: 1 or 0 for each row, whether it holds something; empty where all do. What they hold: `words`
    of a text, in UTF-8; else `plain`, as the format writes it."""

    count: int
    there: str
    words: Sequence[bytes] = ()
    plain: bytes = b""


def write_parquet(file: BinaryIO, columns: Sequence[Column], rows: Rows, *, group: int = GROUP) -> int:
    """How many rows were written. Columns are named by their keys, moments are UTC to the microsecond."""
    return write_columns(file, columns, _groups(columns, rows, group))


def write_columns(file: BinaryIO, columns: Sequence[Column], groups: Iterable[Sequence[Cells]]) -> int:
    """The same of rows that come as columns already, a group at a time; how many they were."""
    place = file.write(_MAGIC)
    told: list[Struct] = []
    count = 0
    for held in groups:
        chunks: list[Struct] = []
        for column, cells in zip(columns, held, strict=True):
            page, chunk = _chunk(column, cells, place)
            place += file.write(page)
            chunks.append(chunk)
        size = sum(_size_of(chunk) for chunk in chunks)
        told.append({1: chunks, 2: I64(size), 3: I64(held[0].count)})
        count += held[0].count
    foot = packed(_foot(columns, told, count))
    file.write(foot + len(foot).to_bytes(4, "little") + _MAGIC)
    return count


def signs_as_bits(signs: str) -> bytes:
    """Of 1 and 0 eight to a byte, the first one lowest."""
    return int(signs[::-1], 2).to_bytes(-(-len(signs) // 8), "little") if signs else b""


def _groups(columns: Sequence[Column], rows: Rows, group: int) -> Iterator[list[Cells]]:
    left = iter(rows)
    while held := list(islice(left, group)):
        yield [_cells(column, values) for column, values in zip(columns, zip(*held, strict=True), strict=True)]


def _cells(column: Column, values: Sequence[Any]) -> Cells:
    held = [value for value in values if value is not None]
    signs = "" if len(held) == len(values) else _signs(value is not None for value in values)
    if column.kind == "text":
        return Cells(len(values), signs, words=[value.encode("utf-8", "replace") for value in held])
    return Cells(len(values), signs, plain=_PLAINLY[column.kind](held))


def _chunk(column: Column, cells: Cells, place: int) -> tuple[bytes, Struct]:
    """A column of a group as one page, before it its dictionary where it has one, and what the foot says of it."""
    levels = _levels(cells)
    known: dict[bytes, int] = dict.fromkeys(cells.words, 0)
    about: Struct = {}
    if 0 < len(known) <= _FEW:
        for n, word in enumerate(known):
            known[word] = n
        before, sizes = _page(_texts(known), {1: I32(2), 7: {1: I32(len(known)), 2: I32(_PLAIN)}})
        said, how = levels + _places(bytes(map(known.__getitem__, cells.words))), _BY_PLACE
        about[11] = I64(place)
    else:
        before, sizes, said, how = b"", 0, levels + (cells.plain or _texts(cells.words)), _PLAIN
    data, size = _page(said, {1: I32(0), 5: {1: I32(cells.count), 2: I32(how), 3: I32(_RLE), 4: I32(_RLE)}})
    about |= {
        1: I32(_TYPES[column.kind][0]), 2: [I32(one) for one in dict.fromkeys((_PLAIN, _RLE, how))], 3: [column.key], 4: I32(_GZIP),
        5: I64(cells.count), 6: I64(sizes + size), 7: I64(len(before) + len(data)), 9: I64(place + len(before)),
    }  # fmt: skip
    return before + data, {2: I64(place), 3: about}


def _page(body: bytes, about: Struct) -> tuple[bytes, int]:
    """(a page with its head, how large it is unpacked)"""
    packer = zlib.compressobj(1, wbits=31)
    small = packer.compress(body) + packer.flush()
    head = packed({**about, 2: I32(len(body)), 3: I32(len(small))})
    return head + small, len(head) + len(body)


def _places(places: bytes) -> bytes:
    """Places in a dictionary, eight bits each, in one bit-packed run of eights."""
    eights = -(-len(places) // 8)
    return b"\x08" + varint(eights << 1 | 1) + places.ljust(eights * 8, b"\0")


def _levels(cells: Cells) -> bytes:
    """Which cells hold something: one run where all do, else a bit for each."""
    run = varint(cells.count << 1) + b"\x01"
    if cells.there:
        run = varint(-(-cells.count // 8) << 1 | 1) + signs_as_bits(cells.there)
    return len(run).to_bytes(4, "little") + run


def _signs(flags: Iterable[bool]) -> str:
    return "".join(["1" if flag else "0" for flag in flags])


def _numbers(code: str, values: Iterable[Any]) -> bytes:
    held = array(code, values)
    if sys.byteorder == "big":
        held.byteswap()
    return held.tobytes()


def _texts(words: Iterable[bytes]) -> bytes:
    words = list(words)
    sizes = _numbers("i", map(len, words))
    return b"".join([part for n, word in enumerate(words) for part in (sizes[4 * n : 4 * n + 4], word)])


def _micros(moment: datetime) -> int:
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


_PLAINLY: dict[str, Callable[[list[Any]], bytes]] = {
    "integer": lambda values: _numbers("q", values),
    "number": lambda values: _numbers("d", values),
    "boolean": lambda values: signs_as_bits(_signs(values)),
    "moment": lambda values: _numbers("q", map(_micros, values)),
    "date": lambda values: _numbers("i", (value.toordinal() - _FIRST_DAY for value in values)),
}


def _size_of(chunk: Struct) -> int:
    about = chunk[3]
    assert isinstance(about, dict) and isinstance(about[6], I64)
    return about[6].value


def _foot(columns: Sequence[Column], groups: list[Struct], count: int) -> Struct:
    schema: list[Struct] = [{4: "row", 5: I32(len(columns))}]
    for column in columns:
        kind, read_as = _TYPES[column.kind]
        named: Struct = {1: I32(kind), 3: I32(_OPTIONAL), 4: column.key}
        schema.append(named if read_as is None else {**named, 6: I32(read_as)})
    return {1: I32(1), 2: schema, 3: I64(count), 4: groups, 6: "Careline"}
