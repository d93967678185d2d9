"""Who may sign in on the customers' pages, for how long, and how often a solution is rated. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SEE, WRITE = "see", "write"
LEVELS = (SEE, WRITE)
"""What somebody may do with their colleagues' requests: read them, or answer in them too."""
WRITERS = "portal.company_writers"
"""The setting of the company that holds, by key, those of the entitled who may write."""
KNOWN, COMPANY, NOBODY = "known", "company", "nobody"
WHO = (KNOWN, COMPANY, NOBODY)
"""Everybody who is on a case or on file; only people of a company that is on file; nobody."""
LINK_VALID = timedelta(minutes=15)
MOST_LINKS = 3
"""To one address, in the time that a link is good for."""
MOST_TRIES = 5
IDLE = timedelta(days=30)
LONGEST = timedelta(days=180)
PASSWORD_AFTER_LINK = timedelta(hours=1)
"""How fresh a sign-in by link has to be for a new password."""
RATING_OPEN = timedelta(days=1)
LONGEST_COMMENT = 2_000
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class PortalRules:
    """What a brand's customers may do on their pages."""

    who: str = KNOWN
    has_logins: bool = True
    has_company_view: bool = True
    links_in_mails: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """A customer who looks at their requests. `people`: they and who was merged into them; `addresses`: those that were proven
    to be theirs, in lower case. `organisation`: whose requests they see all of; None: only what concerns themselves.
    `writes`: they may answer in those too.
    """

    customer: int
    name: str
    people: tuple[int, ...]
    addresses: tuple[str, ...]
    organisation: int | None = None
    language: str = ""
    time_zone: str = ""
    writes: bool = False


def may_enter(rules: PortalRules, *, has_company: bool) -> bool:
    return rules.who == KNOWN or (rules.who == COMPANY and has_company)


def is_over(*, started_at: datetime, last_seen_at: datetime, at: datetime) -> bool:
    """Whether a session has run out by itself."""
    return at - last_seen_at > IDLE or at - started_at > LONGEST


def may_set_password(*, how: str, started_at: datetime, at: datetime) -> bool:
    """Only fresh from a link, so that a browser that somebody left open gives no lasting way in."""
    return how == "link" and at - started_at <= PASSWORD_AFTER_LINK


def may_rate(*, rated_at: datetime | None, at: datetime) -> bool:
    """Once for each time it was solved; what was said may be changed for a day."""
    return rated_at is None or at - rated_at <= RATING_OPEN


def masked(address: str) -> str:
    """carol@example.com → c•••@example.com: enough for its owner to know it by."""
    local, sign, domain = address.rpartition("@")
    return f"{local[:1]}•••{sign}{domain}"
