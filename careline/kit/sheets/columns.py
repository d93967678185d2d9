"""What stands in a column of a sheet that is written with types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "integer", "number", "boolean", "moment", "date"]
Rows = Iterable[Sequence[Any]]
"""Values in the order of the columns; None where nothing is known, which is not zero."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` for programs, `heading` for people. A `moment` is a datetime with its zone."""

    key: str
    heading: str
    kind: Kind = "text"
