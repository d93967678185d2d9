"""Customers on their own pages: what their brand lets them do, who is signed in, what they said of a solution."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.company.queries import setting
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.customers.rules.portal import SEE, WRITE, WRITERS, PortalRules, Viewer, is_over, masked, may_enter
from careline.kit import db

_LINK = "SELECT id, value, browser, wanted, brand_id FROM customers_entrylink WHERE digest = %s AND used_at IS NULL AND expires_at > %s"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser of a customer: who looks, and how they came in."""

    viewer: Viewer
    session: int
    value: str
    how: str
    started_at: datetime
    last_seen_at: datetime


def digest_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def portal_rules(brand: int) -> PortalRules:
    found = db.row(
        "SELECT who, has_logins, has_company_view, links_in_mails FROM customers_portal WHERE brand_id = %s", [brand]
    )
    return PortalRules(*found) if found else PortalRules()


def signed_in(words: str, *, rules: PortalRules, at: datetime) -> SignedIn | None:
    """Whose session this is; None for a wrong, ended or old one, and for whom the rules no longer let in."""
    found = db.row(
        """SELECT id, customer_id, value, how, started_at, last_seen_at FROM customers_session
           WHERE digest = %s AND ended_at IS NULL""",
        [digest_of(words)],
    )
    if found is None or is_over(started_at=found.started_at, last_seen_at=found.last_seen_at, at=at):
        return None
    viewer = viewer_of(found.customer_id, rules=rules)
    if viewer is None:
        return None
    return SignedIn(viewer, found.id, found.value, found.how, found.started_at, found.last_seen_at)


def viewer_of(customer: int, *, rules: PortalRules, also: tuple[str, ...] = ()) -> Viewer | None:
    """How this customer (or who they were merged into) looks at requests; None where they may not, or were erased.

    `also` are addresses to count as proven: for staff who look at what a customer would see once signed in.
    """
    root = root_of(customer)
    found = db.row(
        """SELECT name, organisation_id, sees_company, language, time_zone,
               ARRAY(SELECT lower(a.value) FROM customers_address a WHERE a.customer_id = cu.id AND a.kind = 'email'
                     AND a.verified_at IS NOT NULL ORDER BY a.is_primary DESC, a.id) AS addresses
           FROM customers_customer cu WHERE id = %s AND erased_at IS NULL""",
        [root],
    )
    if root is None or found is None or not may_enter(rules, has_company=found.organisation_id is not None):
        return None
    wide = found.organisation_id if found.sees_company and rules.has_company_view else None
    addresses = tuple(dict.fromkeys((*found.addresses, *(one.lower() for one in also))))
    people = tuple(everybody_in(root))
    writes = wide is not None and not writers().isdisjoint(people)
    return Viewer(root, found.name, people, addresses, wide, found.language, found.time_zone, writes)


def link_shown(words: str, *, at: datetime) -> Any | None:
    """A link that is still good: id, browser (a digest), wanted, and for whom, masked. Looking spends nothing."""
    found = db.row(_LINK, [digest_of(words), at])
    return {"browser": found.browser, "for": masked(found.value)} if found else None


def sessions_of(customer: int, *, at: datetime) -> list[Any]:
    """Those that are open, the latest first: id, how, device, started_at, last_seen_at."""
    found = db.rows(
        """SELECT id, how, device, started_at, last_seen_at FROM customers_session
           WHERE customer_id = ANY(%s) AND ended_at IS NULL ORDER BY last_seen_at DESC, id DESC""",
        [everybody_in(customer)],
    )
    return [row for row in found if not is_over(started_at=row.started_at, last_seen_at=row.last_seen_at, at=at)]


def has_password(customer: int) -> bool:
    return bool(db.value("SELECT EXISTS (SELECT FROM customers_login WHERE customer_id = %s)", [customer]))


def rating_of(conversation: int, *, resolved_at: datetime | None) -> Any | None:
    """What was said of this solution: score, comment, rated_at."""
    return db.row(
        "SELECT score, comment, rated_at FROM customers_rating WHERE conversation_id = %s AND resolved_at = %s",
        [conversation, resolved_at],
    )


def writers() -> frozenset[int]:
    """Who of the entitled may write in their colleagues' requests; of somebody merged since, by the key they had."""
    return frozenset(setting(WRITERS) or ())


def level_of(customer: int) -> str | None:
    """`see` or `write` for who is entitled to the requests of their company; None for all others."""
    sees = db.value("SELECT sees_company FROM customers_customer WHERE id = %s AND erased_at IS NULL", [customer])
    return None if not sees else SEE if writers().isdisjoint(everybody_in(customer)) else WRITE


def entitled(customer: int | None = None) -> list[Any]:
    """Those who see all requests of their company, or this one of them: id, name, company, address; `writes`: they answer in them."""
    return db.rows(
        """WITH RECURSIVE up (id, merged_into_id) AS (
               SELECT id, merged_into_id FROM customers_customer WHERE id = ANY(%s)
               UNION SELECT c.id, c.merged_into_id FROM customers_customer c JOIN up ON c.id = up.merged_into_id
           )
           SELECT cu.id, cu.id IN (SELECT id FROM up) AS writes,
               cu.name, o.name AS company, (SELECT a.value FROM customers_address a WHERE a.customer_id = cu.id
               AND a.kind = 'email' ORDER BY a.is_primary DESC, a.id LIMIT 1) AS address
           FROM customers_customer cu LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
           WHERE cu.sees_company AND (%s::bigint IS NULL OR cu.id = %s) AND cu.merged_into_id IS NULL AND cu.erased_at IS NULL
           ORDER BY o.name, cu.sort_name, cu.id LIMIT 500""",
        [list(writers()), customer, customer],
    )


def earliest_link() -> datetime | None:
    """When the next link is to be mailed."""
    return db.value("SELECT min(due_at) FROM customers_entrylink WHERE due_at IS NOT NULL")


def address_like(value: str) -> Any | None:
    """The mail address as somebody's it is on file, however its capitals were typed: customer_id, value."""
    return db.row(
        """SELECT customer_id, value FROM customers_address WHERE kind = 'email' AND value = ANY(%s)
           ORDER BY value = %s DESC LIMIT 1""",
        [list({value, value.lower()}), value],
    )
