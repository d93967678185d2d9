"""Reports that were just asked for are told again without counting, for as long as nothing that was counted has moved.

No age is guessed: the facts follow from how far their reader has read, as soon as no case is left that it marked.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from careline.kit import db

Result = TypeVar("Result")
MOST = 64
_STAND = """
SELECT r.tx, r.happening, s.version, s.zone, s.asked_at, EXISTS (SELECT FROM fact_due) OR s.after IS NOT NULL AS is_moving
FROM history_reader r, fact_state s WHERE r.name = 'facts'
"""
_kept: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()
_lock = threading.Lock()


def remembered(key: Hashable, count: Callable[[], Result]) -> Result:
    """What was counted under this key, if it still stands; else counted now."""
    stand = db.row(_STAND, prepared=True)
    if stand is None or stand.is_moving:
        return count()
    with _lock:
        held = _kept.get(key)
        if held is not None and held[0] == tuple(stand):
            _kept.move_to_end(key)
            found: Result = held[1]
            return found
    made = count()
    with _lock:
        _kept[key] = (tuple(stand), made)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
