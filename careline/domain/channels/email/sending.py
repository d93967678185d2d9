"""What became of a mail we tried to send, whichever way it went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """`uncertain`: the whole mail was handed over and no answer came. It may have arrived: never send it again."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one recipient; `words` are the server's own where it gave any."""

    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class SendResult:
    """`route_error` says why where the way out itself failed (connection, TLS, login): the mail is not to blame."""

    fates: dict[str, Fate] = field(default_factory=dict)
    route_error: str = ""

    @classmethod
    def for_all(cls, recipients: Iterable[str], outcome: Outcome, words: str, *, route_error: str = "") -> SendResult:
        return cls({address: Fate(outcome, words) for address in recipients}, route_error)

    def of(self, outcome: Outcome) -> list[str]:
        """The recipients with this outcome, in the order given."""
        return [address for address, fate in self.fates.items() if fate.outcome is outcome]

    @property
    def outcome(self) -> Outcome:
        """Of the mail as a whole: what must be said first. Look at `fates` where recipients fared differently."""
        found = {fate.outcome for fate in self.fates.values()}
        order = (Outcome.UNCERTAIN, Outcome.SENT, Outcome.LATER)
        return next((outcome for outcome in order if outcome in found), Outcome.REFUSED)

    @property
    def words(self) -> str:
        """Of the first recipient with that outcome."""
        outcome = self.outcome
        return next((fate.words for fate in self.fates.values() if fate.outcome is outcome), "")
