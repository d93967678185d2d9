"""The chained digest over happenings: pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

GENESIS = "0" * 64


def chained(digest: str, rows: Iterable[tuple[Any, ...]]) -> str:
    """The digest after these rows: SHA-256 over the one before and each row's columns, in the order of commits."""
    for row in rows:
        said = json.dumps([_plain(value) for value in row], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(f"{digest}\n{said}".encode()).hexdigest()
    return digest


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
