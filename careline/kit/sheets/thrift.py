"""Apache Thrift's compact protocol, as far as writing structures of numbers, texts and lists needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12


@dataclass(frozen=True, slots=True)
class I32:
    value: int


@dataclass(frozen=True, slots=True)
class I64:
    value: int


Struct = dict[int, "Value"]
"""Values by the numbers of their fields."""
Value = I32 | I64 | str | Struct | Sequence["Value"]


def packed(struct: Struct) -> bytes:
    held = bytearray()
    _write(held, struct)
    return bytes(held)


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    held = bytearray()
    while number > 0x7F:
        held.append(number & 0x7F | 0x80)
        number >>= 7
    held.append(number)
    return bytes(held)


def _write(held: bytearray, value: Value) -> None:
    if isinstance(value, (I32, I64)):
        held += varint(value.value << 1 if value.value >= 0 else (-value.value << 1) - 1)
    elif isinstance(value, str):
        words = value.encode()
        held += varint(len(words)) + words
    elif isinstance(value, dict):
        before = 0
        for number in sorted(value):
            held.append((number - before) << 4 | _type_of(value[number]))
            _write(held, value[number])
            before = number
        held.append(0)
    else:
        kind = _type_of(value[0]) if value else _STRUCT
        held += bytes([len(value) << 4 | kind]) if len(value) < 15 else bytes([0xF0 | kind]) + varint(len(value))
        for one in value:
            _write(held, one)


def _type_of(value: Value) -> int:
    if isinstance(value, (I32, I64)):
        return _I32 if isinstance(value, I32) else _I64
    return _BINARY if isinstance(value, str) else _STRUCT if isinstance(value, dict) else _LIST
