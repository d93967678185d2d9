"""What a brand's customers may do on their pages, who of them sees a whole company, and what they said of a solution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.customers.models import Customer, Portal, Rating
from careline.domain.customers.rules.portal import LONGEST_COMMENT, SCORES, WHO, PortalRules, may_rate
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


class CannotRate(Exception):
    """It was rated already, and longer ago than a day; or it is no rating."""


@transaction.atomic
def set_rules(brand: int, *, rules: PortalRules, by: Actor, at: datetime) -> None:
    """Raises ValueError for a word that is not in WHO."""
    if rules.who not in WHO:
        raise ValueError(f"Who may sign in is one of {', '.join(WHO)}.")
    Portal.objects.update_or_create(
        brand_id=brand,
        defaults={
            "who": rules.who, "has_logins": rules.has_logins, "has_company_view": rules.has_company_view,
            "links_in_mails": rules.links_in_mails,
        },
    )  # fmt: skip
    record(Happening("portal.changed", "brand", brand, data={"who": rules.who}), by=by, at=at)


@transaction.atomic
def entitle(customer: int, *, is_entitled: bool, by: Actor, at: datetime) -> None:
    """They see all requests of their company, or only their own again."""
    if Customer.objects.filter(pk=customer).exclude(sees_company=is_entitled).update(sees_company=is_entitled):
        name = "customer.entitled" if is_entitled else "customer.no_longer_entitled"
        record(Happening(name, "customer", customer, customer=customer), by=by, at=at)


@transaction.atomic
def rate(
    conversation: int, *, resolved_at: datetime, customer: int, score: int, comment: str, by: Actor, at: datetime
) -> None:
    """What a customer says of a solution. Raises CannotRate. Whoever calls records it on the case."""
    if score not in SCORES:
        raise CannotRate("Choose a number from 1 to 5.")
    if len(comment) > LONGEST_COMMENT:
        raise CannotRate("The comment is too long: 2,000 characters at most.")
    held = (
        Rating.objects.select_for_update()
        .filter(conversation_id=conversation, resolved_at=resolved_at)
        .values_list("rated_at", flat=True)
        .first()
    )
    if not may_rate(rated_at=held, at=at):
        raise CannotRate("It was rated more than a day ago, so it stays as it is.")
    db.execute(
        """INSERT INTO customers_rating (conversation_id, resolved_at, customer_id, score, comment, rated_at, changed_at)
           VALUES (%(case)s, %(resolved)s, %(customer)s, %(score)s, %(comment)s, %(at)s, %(at)s)
           ON CONFLICT (conversation_id, resolved_at) DO UPDATE SET score = excluded.score, comment = excluded.comment,
               customer_id = excluded.customer_id, changed_at = excluded.changed_at""",
        {
            "case": conversation,
            "resolved": resolved_at,
            "customer": customer,
            "score": score,
            "comment": comment,
            "at": at,
        },
    )


def forget_comments(conversations: Sequence[int]) -> int:
    """Their cases were removed or emptied: what customers said of them goes, the numbers stay as figures."""
    return db.execute(
        "UPDATE customers_rating SET comment = '' WHERE comment <> '' AND conversation_id = ANY(%s)",
        [list(conversations)],
    )
