"""What classification must know about ourselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

LOOP_HEADER = "X-Careline-Loop"
"""Set on everything we send; its value repeats our Message-ID, which some gateways replace on the way."""


def _nobody(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Own:
    """`addresses` are our mailboxes, lower case. `is_own_message_id` knows ours by signature (see `tokens.py`)."""

    addresses: frozenset[str] = field(default_factory=frozenset)
    is_own_message_id: Callable[[str], bool] = _nobody
