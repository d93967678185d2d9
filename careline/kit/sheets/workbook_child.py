"""The process that reads a workbook: little memory, little time, no files of its own. Run as a module by `workbooks.py`.

In: the workbook. Out: its rows as lines of JSON, then null; a text instead says why it can't be read.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from careline.kit.limits import limit_this_process

CPU_SECONDS = 300
MOST_UNPACKED = 400 * 1024 * 1024
_TOO_LARGE = "The workbook is too large once it is unpacked; part it, or save it as CSV."


class _NotThis(Exception):
    """The text is one sentence."""


def main() -> None:
    most_columns, most_rows, memory = map(int, sys.argv[1:])
    limit_this_process(memory=memory, cpu_seconds=CPU_SECONDS)
    try:
        told = 0
        for row in _rows(sys.stdin.buffer.read(), most_columns):
            if told > most_rows:
                break
            if any(cell.strip() for cell in row):
                told += 1
                _tell(row)
        _tell(None)
    except _NotThis as reason:
        _tell(str(reason))
    except MemoryError:
        _tell(_TOO_LARGE)
    except BrokenPipeError:  # whoever asked has seen enough
        return
    except Exception:  # whatever a broken file makes the library do
        _tell("The file can't be read as an Excel workbook; save it anew, or as CSV.")
    sys.stdout.flush()


def _tell(line: list[str] | str | None) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def _rows(content: bytes, most_columns: int) -> Iterator[list[str]]:
    _guard_unpacked(content)
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True, max_col=most_columns):
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _guard_unpacked(content: bytes) -> None:
    """By what the file says of itself; what it does not say meets the limit of memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if "xl/workbook.xml" not in parts.namelist():
                raise _NotThis("This is a ZIP file but no Excel workbook.")
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise _NotThis(_TOO_LARGE)
    except zipfile.BadZipFile as error:
        raise _NotThis("The workbook is damaged; save it anew, or as CSV.") from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


if __name__ == "__main__":
    main()
