"""Canned replies as a sheet: one row for each language of each reply, for spreadsheets and other desks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from careline.domain.knowledge.rules.replies import Text

COLUMNS = ("name", "abbreviation", "folder", "labels", "language", "text", "html")
MOST_ROWS = 5_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BadSheet(ValueError):
    """A sheet that can't be read, in a sentence."""


@dataclass(slots=True)
class Ready:
    """A reply as it stands in a sheet."""

    name: str
    abbreviation: str
    folder: str
    labels: tuple[str, ...]
    texts: dict[str, Text]


def sheet_of(replies: Iterable[Any]) -> str:
    """CSV with a head. What a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for reply in replies:
        head = (reply.name, reply.abbreviation, reply.folder, ", ".join(reply.labels))
        for language, said in reply.texts.items():
            writer.writerow(_guarded(word) for word in (*head, language, said.get("text", ""), said.get("html", "")))
    return out.getvalue()


def replies_in(sheet: str) -> list[Ready]:
    """The replies of a sheet, rows of one name together. Raises BadSheet with the line."""
    if "\0" in sheet:
        raise BadSheet("This is no CSV file.")
    try:
        rows = list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff")), delimiter=_sign_in(sheet), strict=True))
    except csv.Error as error:
        raise BadSheet(f"This CSV file can't be read: {error}.") from None
    if not rows or not {"name", "text"} <= set(rows[0]):
        raise BadSheet("The first line names the columns: name and text at least.")
    if len(rows) > MOST_ROWS:
        raise BadSheet(f"At most {MOST_ROWS:,} rows at once.")
    found: dict[tuple[str, str], Ready] = {}
    for n, row in enumerate(rows, start=2):
        word = {name: _bare((row.get(name) or "").strip()) for name in COLUMNS}
        if not word["name"] or not (word["text"] or word["html"]):
            raise BadSheet(f"Row {n} has no name or no text.")
        labels = tuple(label for part in word["labels"].split(",") if (label := part.strip()))
        key = (word["name"], word["abbreviation"])
        reply = found.setdefault(key, Ready(word["name"], word["abbreviation"], word["folder"], labels, {}))
        reply.texts[word["language"] or "en"] = Text(word["text"], word["html"])
    return list(found.values())


def _sign_in(sheet: str) -> str:
    head = sheet.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _guarded(word: str) -> str:
    return f"'{word}" if word.startswith(_FORMULA) else word


def _bare(word: str) -> str:
    return word[1:] if word.startswith("'") and word[1:].startswith(_FORMULA) else word
