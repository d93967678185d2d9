"""Values in the exports of others, as our records want them: moments, addresses, languages, words, files."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from dateutil import parser as dates

from careline.entrypoints.console.exported import LARGEST_FILE, Exported
from careline.flows.brought import Attached
from careline.kit.outgoing_http import Refused, fetch

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_SECONDS_TO_FETCH = 60.0


class AnyType(frozenset[str]):
    """Every media type: what an attachment is was decided when it was attached."""

    def __contains__(self, _: object) -> bool:
        return True


def moment_of(value: Any) -> datetime | None:
    """RFC 3339, or as older exports write it (`2019/03/04 10:20:30 +0100`); seconds since 1970; UTC where no zone is said."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value, UTC)
        elif isinstance(value, str) and value.strip():
            found = dates.parse(value.strip()[:64])
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC) if found >= _EARLIEST else None


def words_of(value: Any) -> str:
    """Text as it can be stored; numbers as their digits, everything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode().strip()


def key_of(value: Any) -> str:
    """What they call it: an id as text, empty where there is none."""
    return words_of(value) if value not in (None, "", 0, "0") else ""


def line_of(value: Any) -> str:
    return " ".join(words_of(value).split())


def language_of(value: Any) -> str:
    """`de` of `de-AT` or `de_AT`; nothing of what is no language."""
    found = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", words_of(value))
    return found[0].lower() if found else ""


def email_of(value: Any) -> str:
    """A mail address in lower case; nothing of what is none."""
    words = words_of(value).lower()
    return words if re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", words) else ""


def name_of_field(title: Any) -> str:
    """A field's code of its title: `Bike model` becomes `bike_model`."""
    return _NOT_WORDS.sub("_", words_of(title).lower()).strip("_")[:50]


def mapped(mapping: Mapping[str, Mapping[str, str]], kind: str, *theirs: str) -> str | None:
    """What the mapping makes of the first of these that it knows; case counts for nothing."""
    known = {words.casefold(): ours for words, ours in mapping.get(kind, {}).items()}
    return next((known[one.casefold()] for one in theirs if one and one.casefold() in known), None)


def is_on(mapping: Mapping[str, Mapping[str, str]], option: str) -> bool:
    return mapping.get("options", {}).get(option, "no").casefold() in ("yes", "true", "on", "1")


def attached(
    exported: Exported, *, key: str, name: str, media_type: str, url: str, is_inline: bool = False, may_fetch: bool, more_places: tuple[str, ...] = ()
) -> Attached:  # fmt: skip
    """A file that lies beside the export under its id or name; else, only where that was allowed, fetched from its address."""
    plain = line_of(name).replace("\\", "/").rpartition("/")[2] or f"file-{key}"
    places = (*more_places, f"attachments/{key}/{plain}", f"{key}/{plain}", f"attachments/{key}_{plain}", f"{key}_{plain}", f"{key}-{plain}",
              f"attachments/{key}", f"attachments/{plain}")  # fmt: skip
    return Attached(
        plain,
        words_of(media_type).lower() or "application/octet-stream",
        _reading(exported, places, url, may_fetch),
        is_inline,
    )


def _reading(exported: Exported, places: tuple[str, ...], url: str, may_fetch: bool) -> Callable[[], bytes]:
    def read() -> bytes:
        there = exported.named(*(place for place in places if ".." not in place))
        if there is not None:
            return exported.bytes_of(there)
        if not may_fetch or not url:
            raise OSError(errno.ENOENT, "no file beside the export; fetching was not asked for")
        try:
            return fetch(url, most_bytes=LARGEST_FILE, media_types=AnyType(), seconds=_SECONDS_TO_FETCH).content
        except Refused as refused:
            raise OSError(errno.EIO, str(refused).rstrip(".")) from refused

    return read
