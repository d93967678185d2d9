"""A filter: which cases a view shows, as data. `conditions.py` makes the one SQL predicate of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

CATEGORIES = ("open", "waiting", "resolved")
PRIORITIES = ("low", "normal", "high", "urgent")
FLAGS = ("snoozed", "spam", "also_snoozed", "also_spam", "mentions", "followed", "unread", "untouched", "complaints")
SPANS = ("created", "updated", "waiting")
MOST_NAMED = 50
LONGEST_TEXT = 500
_LONGEST_SPAN = 366 * 20 * 86400


class BadFilter(ValueError):
    """What a filter can't ask; `field` names the part that is wrong."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = part


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: at most `within` ago, more than `beyond` ago, not before `since`, before `until`."""

    within: timedelta | None = None
    beyond: timedelta | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases a view shows. Empty means no condition.

    `assignee`: "me" is the viewer, "none" nobody, else an id. `teams`: ids, "mine" or "none", any of them. `tags` are all on the
    case, of `tags_any` one is, of `tags_none` none.
    `topics`: ids, with the topics below them, or "none". Spam and open cases that are snoozed are left out unless asked for.
    `waiting` is how long the customer has been waiting for us; `untouched`: for longer than their team allows.
    `complaints`: with one that waits for its final answer.
    """

    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    assignee: str = ""
    team: int | None = None
    teams: tuple[str, ...] = ()
    customer: int | None = None
    company: int | None = None
    tags: tuple[str, ...] = ()
    tags_any: tuple[str, ...] = ()
    tags_none: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    channels: tuple[int, ...] = ()
    brands: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    created: Span | None = None
    updated: Span | None = None
    waiting: Span | None = None
    due_within: timedelta | None = None
    snoozed: bool = False
    spam: bool = False
    also_snoozed: bool = False
    also_spam: bool = False
    mentions: bool = False
    followed: bool = False
    unread: bool = False
    untouched: bool = False
    text: str = ""
    complaints: bool = False


def filter_from(data: dict[str, Any]) -> Filter:
    """A filter as a saved view keeps it (JSON, spans in seconds, moments as RFC 3339). Raises BadFilter."""
    given = {name: value for name, value in data.items() if not _is_open(value)}
    if "status" in given:
        given["statuses"] = [given.pop("status")]
    for name in given:
        if name not in _READERS:
            raise BadFilter(name, f"A filter has no {name}.")
    return Filter(**{name: _READERS[name](name, value) for name, value in given.items()})


def filter_data(wanted: Filter) -> dict[str, Any]:
    """The same as JSON, without what it leaves open."""
    found = {part.name: _plain(getattr(wanted, part.name)) for part in fields(wanted)}
    return {name: value for name, value in found.items() if not _is_open(value)}


def _is_open(value: Any) -> bool:
    """Nothing is asked; zero is something (due within no time at all is overdue)."""
    return value is None or value is False or value in ("", [], {})


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {part.name: held for part in fields(value) if (held := _plain(getattr(value, part.name))) is not None}
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _words(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(word, (str, int)) for word in value):
        raise BadFilter(name, f"{name} is a list of words.")
    words = tuple(dict.fromkeys(str(word).strip() for word in value if str(word).strip()))
    if len(words) > MOST_NAMED or any(len(word) > LONGEST_TEXT for word in words):
        raise BadFilter(name, f"{name} names at most {MOST_NAMED}, each with at most {LONGEST_TEXT} characters.")
    return words


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, Any], tuple[str, ...]]:
    def read(name: str, value: Any) -> tuple[str, ...]:
        words = _words(name, value)
        for word in words:
            if word not in allowed:
                raise BadFilter(name, f"{name} knows {', '.join(allowed)}; not {word}.")
        return words

    return read


def _key(name: str, value: Any) -> int:
    word = str(value)
    if isinstance(value, bool) or not (word.isascii() and word.isdecimal() and len(word) <= 18):
        raise BadFilter(name, f"{name} is an id.")
    return int(word)


def _keys(name: str, value: Any) -> tuple[int, ...]:
    return tuple(_key(name, word) for word in _words(name, value))


def _who(name: str, value: Any) -> str:
    return value if value in ("me", "none") else str(_key(name, value))


def _teams(name: str, value: Any) -> tuple[str, ...]:
    return tuple(word if word in ("mine", "none") else str(_key(name, word)) for word in _words(name, value))


def _topics(name: str, value: Any) -> tuple[str, ...]:
    return tuple(word if word == "none" else str(_key(name, word)) for word in _words(name, value))


def _yes(name: str, value: Any) -> bool:
    if value is not True:
        raise BadFilter(name, f"{name} is true or false.")
    return True


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise BadFilter(name, f"{name} is text of at most {LONGEST_TEXT} characters.")
    return value.strip()


def _seconds(name: str, value: Any) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= _LONGEST_SPAN:
        raise BadFilter(name, f"{name} is a number of seconds.")
    return timedelta(seconds=int(value))


def _moment(name: str, value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadFilter(name, f"{name} is a moment as in 2026-11-22T10:00:00Z.") from None
    if moment.tzinfo is None or not 1900 <= moment.year <= 3000:
        raise BadFilter(name, f"{name} is a moment with its time zone, as in 2026-11-22T10:00:00Z.")
    return moment


def _span(name: str, value: Any) -> Span:
    if not isinstance(value, dict) or not set(value) <= {"within", "beyond", "since", "until"}:
        raise BadFilter(name, f"{name} is made of within, beyond (seconds), since and until (moments).")
    read = {part: (_seconds if part in ("within", "beyond") else _moment)(f"{name}.{part}", held)
            for part, held in value.items() if held is not None}  # fmt: skip
    return Span(**read)  # type: ignore[arg-type]


def _fields(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > MOST_NAMED:
        raise BadFilter(name, f"{name} is an object of at most {MOST_NAMED} fields.")
    return dict(value)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "categories": _one_of(CATEGORIES), "statuses": _words, "assignee": _who, "team": _key, "teams": _teams, "customer": _key,
    "company": _key, "tags": _words, "tags_any": _words, "tags_none": _words, "priorities": _one_of(PRIORITIES), "channels": _keys,
    "brands": _keys, "languages": _words, "topics": _topics, "fields": _fields, "due_within": _seconds, "text": _text,
    **dict.fromkeys(SPANS, _span), **dict.fromkeys(FLAGS, _yes),
}  # fmt: skip
