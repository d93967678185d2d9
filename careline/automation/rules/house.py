"""Who a rule is, to the flows that it presses: somebody without a name of their own, who reaches every case that is not closed off."""

from __future__ import annotations

from careline.domain.staff.rules import VERBS, Allowed, Person

_ALL = (Allowed("all"),)
HOUSE = Person(
    0,
    "",
    "",
    "rule",
    grants={
        verb: _ALL for verb in VERBS if verb.startswith(("conversation:", "customer:read", "canned:", "approval:ask"))
    },
)
"""Rules act company-wide: whoever saved one held all that it does for all cases (flows/change_rule.py). Cases that are open to
named people only stay closed to them."""
