"""Writing policies down, and asking for clocks to be counted anew. What it is done for stands in history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.sla.queries.policies import policies
from careline.domain.sla.rules.policies import BadPolicy, Policy, check_policy
from careline.kit import db

CHUNK = 200
_ADD = """
INSERT INTO sla_policy (name, position, is_default, conditions, targets, calendar_id, warn_percent, created_at)
SELECT %(name)s, coalesce(max(position), 0) + 1, %(is_default)s, %(conditions)s, %(targets)s, %(calendar)s, %(warn)s, %(at)s
FROM sla_policy RETURNING id
"""
_CHANGE = """
UPDATE sla_policy SET name = %(name)s, conditions = %(conditions)s, targets = %(targets)s, calendar_id = %(calendar)s,
    warn_percent = %(warn)s WHERE id = %(id)s AND retired_at IS NULL
"""
# The cases with clocks that are not over, behind a key; or of those only one customer's or company's.
_NEXT_CASES = """
SELECT conversation_id AS id FROM sla_clock WHERE met_at IS NULL AND cancelled_at IS NULL AND conversation_id > %(after)s
GROUP BY conversation_id ORDER BY conversation_id LIMIT %(limit)s
"""
_NEXT_CASES_OF = """
SELECT c.id FROM customers_customer u JOIN conversations_conversation c ON c.customer_id = u.id
WHERE (u.id = %(customer)s OR u.organisation_id = %(organisation)s) AND c.id > %(after)s AND EXISTS (
    SELECT FROM sla_clock k WHERE k.conversation_id = c.id AND k.met_at IS NULL AND k.cancelled_at IS NULL)
ORDER BY c.id LIMIT %(limit)s
"""
_ASK = """
INSERT INTO sla_recount (reason, after, cases, due_at, created_at, customer_id, organisation_id)
SELECT %(reason)s, 0, 0, %(at)s, %(at)s, %(customer)s, %(organisation)s WHERE NOT EXISTS (
    SELECT FROM sla_recount WHERE due_at IS NOT NULL AND after = 0 AND customer_id IS NOT DISTINCT FROM %(customer)s
        AND organisation_id IS NOT DISTINCT FROM %(organisation)s)
"""
_BY_CUSTOMER = {"customer_field", "company_field"}


class NoSuchPolicy(Exception):
    """There is no policy of this key in use."""

    def __init__(self, key: object) -> None:
        super().__init__(f"There is no promise {key}.")


class DefaultStays(Exception):
    """The default policy can't be deleted."""

    def __init__(self) -> None:
        super().__init__(
            "The default promise holds for everybody whom no other one is for: it can be changed, not deleted."
        )


@transaction.atomic
def add_policy(policy: Policy, *, by: Actor, at: datetime) -> int:
    """The new policy's key; it is asked last, before the default one. Raises BadPolicy."""
    check_policy(policy)
    key = int(db.value(_ADD, _columns(policy) | {"at": at}))
    record(Happening("sla_policy.added", "sla_policy", key), by=by, at=at)
    ask_recount("policy", at=at)
    return key


@transaction.atomic
def change_policy(policy: Policy, *, by: Actor, at: datetime) -> int:
    """Puts this in the place of what stood there; its key. Raises BadPolicy, NoSuchPolicy."""
    check_policy(policy)
    if policy.id is None:  # the default one as it is built in: from now on it is the company's own
        return add_policy(policy, by=by, at=at)
    if not db.execute(_CHANGE, _columns(policy)):
        raise NoSuchPolicy(policy.id)
    record(Happening("sla_policy.changed", "sla_policy", policy.id), by=by, at=at)
    ask_recount("policy", at=at)
    return policy.id


@transaction.atomic
def delete_policy(key: int, *, by: Actor, at: datetime) -> None:
    """No case gets it from now on; the ledger still knows its name. Raises NoSuchPolicy, DefaultStays."""
    found = db.row("SELECT is_default FROM sla_policy WHERE id = %s AND retired_at IS NULL FOR UPDATE", [key])
    if found is None:
        raise NoSuchPolicy(key)
    if found.is_default:
        raise DefaultStays
    db.execute("UPDATE sla_policy SET retired_at = %s, calendar_id = NULL WHERE id = %s", [at, key])
    record(Happening("sla_policy.deleted", "sla_policy", key), by=by, at=at)
    ask_recount("policy", at=at)


@transaction.atomic
def order_policies(keys: Sequence[int], *, by: Actor, at: datetime) -> None:
    """In which order they are asked: all but the default one. Raises BadPolicy where one is missing, double or unknown."""
    known = [one.id for one in policies() if not one.is_default]
    if sorted(keys) != sorted(key for key in known if key is not None):
        raise BadPolicy("order", "Name each promise once, all but the default one.")
    if list(keys) == known:
        return
    db.execute(
        "UPDATE sla_policy p SET position = o.place FROM unnest(%s::bigint[]) WITH ORDINALITY AS o (id, place) WHERE p.id = o.id",
        [list(keys)],
    )
    record(Happening("sla_policy.ordered", "sla_policy", keys[0]), by=by, at=at)
    ask_recount("policy", at=at)


def ask_recount(reason: str, *, at: datetime, customer: int | None = None, organisation: int | None = None) -> None:
    """All running clocks are counted anew by the worker, in chunks; or those of one customer or company."""
    db.execute(_ASK, {"reason": reason, "at": at, "customer": customer, "organisation": organisation})


def ask_recount_of(*, at: datetime, customer: int | None = None, organisation: int | None = None) -> None:
    """A customer or company changed: their clocks are counted anew, where any policy asks for their fields."""
    if any(_BY_CUSTOMER & set(policy.conditions) for policy in policies()):
        ask_recount("customer", at=at, customer=customer, organisation=organisation)


@transaction.atomic
def recount(*, by: Actor, at: datetime) -> int:
    """The next chunk of the oldest recount that is due; how many cases, and one for its end."""
    job = db.row(
        "SELECT * FROM sla_recount WHERE due_at <= %s ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", [at]
    )
    if job is None:
        return 0
    asked = {"after": job.after, "customer": job.customer_id, "organisation": job.organisation_id, "limit": CHUNK}
    is_of_one = job.customer_id is not None or job.organisation_id is not None
    cases = [row.id for row in db.rows(_NEXT_CASES_OF if is_of_one else _NEXT_CASES, asked)]
    if not cases:
        db.execute("UPDATE sla_recount SET due_at = NULL, ended_at = %s WHERE id = %s", [at, job.id])
        return 1
    keep_promises(cases, by=by, at=at)
    db.execute("UPDATE sla_recount SET after = %s, cases = cases + %s WHERE id = %s", [cases[-1], len(cases), job.id])
    return len(cases)


def forget_recounts(*, at: datetime) -> int:
    """Removes what was done a day ago."""
    return db.execute("DELETE FROM sla_recount WHERE ended_at < %s", [at - timedelta(days=1)])


def _columns(policy: Policy) -> dict[str, object]:
    targets = {kind: {"seconds": t.seconds, "is_business": t.is_business} for kind, t in policy.targets.items()}
    return {
        "id": policy.id, "name": " ".join(policy.name.split()), "is_default": policy.is_default,
        "conditions": db.json(dict(policy.conditions)), "targets": db.json(targets), "calendar": policy.calendar,
        "warn": policy.warn_percent,
    }  # fmt: skip
