"""Where visitors are, and what they are typing: this process's memory, forgotten soon, written down nowhere.

The pages' process answers visitors and agents alike, so both look at the same memory.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime

MOST_VISITORS, MOST_PAGES = 20_000, 20
TYPES_FOR = 6.0
LONGEST_PREVIEW = 500


@dataclass(frozen=True, slots=True)
class Page:
    url: str
    title: str
    at: datetime


@dataclass(slots=True)
class Whereabouts:
    """`streams` are the visitor's open windows; nobody is there without one."""

    pages: deque[Page] = field(default_factory=lambda: deque(maxlen=MOST_PAGES))
    referrer: str = ""
    preview: str = ""
    typing_until: float = 0.0
    streams: int = 0
    told_at: float = 0.0

    @property
    def is_here(self) -> bool:
        return self.streams > 0

    @property
    def is_typing(self) -> bool:
        return time.monotonic() < self.typing_until


_known: OrderedDict[int, Whereabouts] = OrderedDict()
_lock = threading.Lock()


def whereabouts_of(visitor: int) -> Whereabouts:
    """What is known; nothing for whoever is not."""
    with _lock:
        return _known.get(visitor) or Whereabouts()


def note_page(visitor: int, *, url: str, title: str, at: datetime, referrer: str = "") -> None:
    with _lock:
        known = _of(visitor)
        known.referrer = known.referrer or referrer
        if not known.pages or known.pages[-1].url != url:
            known.pages.append(Page(url, title, at))


def note_typing(visitor: int, *, preview: str, is_over: bool) -> bool:
    """Whether it is news: somebody who goes on typing is told once in a while only."""
    now = time.monotonic()
    with _lock:
        known = _of(visitor)
        was = now < known.typing_until
        known.typing_until, known.preview = (0.0, "") if is_over else (now + TYPES_FOR, preview[:LONGEST_PREVIEW])
        if was == (not is_over) and (is_over or now - known.told_at < TYPES_FOR / 2):
            return False
        known.told_at = now
        return True


def arrive(visitor: int) -> bool:
    """A window was opened; whether it is the first."""
    with _lock:
        known = _of(visitor)
        known.streams += 1
        return known.streams == 1


def leave(visitor: int) -> bool:
    """A window was closed; whether it was the last."""
    with _lock:
        known = _of(visitor)
        known.streams = max(0, known.streams - 1)
        known.typing_until = known.typing_until if known.streams else 0.0
        return not known.streams


def those_here() -> list[int]:
    with _lock:
        return [visitor for visitor, known in _known.items() if known.streams]


def forget_all() -> None:
    with _lock:
        _known.clear()


def _of(visitor: int) -> Whereabouts:
    known = _known.setdefault(visitor, Whereabouts())
    _known.move_to_end(visitor)
    while len(_known) > MOST_VISITORS:
        _known.popitem(last=False)
    return known
