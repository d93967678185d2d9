"""What keeps rules from running in circles: pure decisions over what a case has been through already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

LONGEST_CHAIN = 5
"""A rule that a rule set off that a rule set off …: after five nobody knows any more why something happened."""
RUNS_PER_HOUR = 10
WITHIN = timedelta(hours=1)


def held_back(rule: int, *, chain: Sequence[int], runs: int) -> str:
    """Why the rule must not run now: "again" in this chain, "chain" too long, "often" on this case within an hour; or "".

    `chain`: the rules that led to what happened, the first one first. `runs`: how often the rule acted on the case within the hour.
    """
    if rule in chain:
        return "again"
    if len(chain) >= LONGEST_CHAIN:
        return "chain"
    return "often" if runs >= RUNS_PER_HOUR else ""
