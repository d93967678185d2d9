"""Tiers as data, and who stands in which. The customer's field says the same: it is written here only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.customers.commands.field_values import set_field
from careline.domain.customers.commands.fields import change_field, define_field
from careline.domain.customers.queries.fields import definition_of, fields_of
from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.loyalty.commands.scheme import hold_scheme
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.tiers import bought_by, held_by, tiers
from careline.domain.loyalty.rules.tiers import CODE, FIELD, MOST, Change, Counted, Tier, Worth, change_of, tier_of
from careline.kit import db
from careline.kit.typed_fields import Choice, Definition

_PUT_DOWN = """
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%(rows)s) AS n (customer bigint, tier bigint, value bigint, currency text, orders int, is_given boolean)
), ended AS (
    UPDATE loyalty_standing s SET until = %(at)s FROM given WHERE s.customer_id = given.customer AND s.until IS NULL
)
SELECT count(*) FROM given
"""
_BEGIN = """
INSERT INTO loyalty_standing (customer_id, tier_id, since, value, currency, orders, is_given, agent_id)
SELECT n.customer, n.tier, %(at)s, n.value, n.currency, n.orders, n.is_given, %(agent)s
FROM jsonb_to_recordset(%(rows)s) AS n (customer bigint, tier bigint, value bigint, currency text, orders int, is_given boolean)
"""


@transaction.atomic
def keep_tiers(wanted: Sequence[Tier], *, by: Actor, at: datetime) -> None:
    """These and no others are in use, the first the lowest; `id` and `position` of them don't count. All are counted anew at once.

    One that is left out ends, and whoever is in it is counted again. Raises LoyaltyRefused.
    """
    _check(wanted)
    hold_scheme(at=at)
    db.execute(
        "UPDATE loyalty_tier SET ended_at = %s WHERE ended_at IS NULL AND code <> ALL(%s)",
        [at, [one.code for one in wanted]],
    )
    for position, one in enumerate(wanted, 1):
        db.execute(
            """INSERT INTO loyalty_tier (code, name, position, months, least_value, currency, least_orders, created_at)
               VALUES (%(code)s, %(name)s, %(position)s, %(months)s, %(least)s, %(currency)s, %(orders)s, %(at)s)
               ON CONFLICT (code) DO UPDATE SET name = excluded.name, position = excluded.position, months = excluded.months, ended_at = NULL,
                   least_value = excluded.least_value, currency = excluded.currency, least_orders = excluded.least_orders""",
            {"code": one.code, "name": one.name.strip(), "position": position, "months": one.months, "at": at, "orders": one.least_orders,
             "least": one.least.minor if one.least else None, "currency": one.least.currency if one.least else ""},
        )  # fmt: skip
    _keep_field(wanted, by=by, at=at)
    db.execute("UPDATE loyalty_scheme SET tiers_due_at = %s", [at])
    record(Happening("tiers.changed", "company", 1, data={"tiers": [one.code for one in wanted]}), by=by, at=at)


def count_tiers(customers: Sequence[int], worth: Worth, *, by: Actor = SYSTEM, at: datetime) -> int:
    """In which tier these are now is put down, in one transaction; how many moved."""
    with transaction.atomic():
        known = tiers()
        held = held_by(customers, locked=True)
        bought = bought_by(customers)
        counted = {key: tier_of(bought.get(key, ()), known, worth, at=at) for key in held}
        found = {key: change for key, one in held.items() if (change := change_of(one, counted[key], known))}
        _put_down(found, counted, by=by, at=at)
    return len(found)


def give_tier(customer: int, tier: Tier | None, worth: Worth, *, by: Actor, at: datetime) -> None:
    """By hand, and it stays so; None: counted again, at once. In the caller's transaction."""
    known = tiers()
    held = held_by([customer], locked=True)
    counted = tier_of(bought_by([customer]).get(customer, ()), known, worth, at=at)
    wanted = tier if tier is not None else counted.tier
    before = held[customer]
    if (wanted.id if wanted else None, tier is not None) == (before.tier, before.is_given):
        return
    change = Change(wanted.id if wanted else None, tier is not None, wanted.code if wanted else "")
    _put_down({customer: change}, {customer: counted}, by=by, at=at)


def _put_down(found: Mapping[int, Change], counted: Mapping[int, Counted], *, by: Actor, at: datetime) -> None:
    if not found:
        return
    rows = []
    for key, change in found.items():
        value = counted[key].value
        rows.append(
            {"customer": key, "tier": change.tier, "value": value.minor if value else 0, "currency": value.currency if value else "",
             "orders": counted[key].orders, "is_given": change.is_given}
        )  # fmt: skip
    agent = by.id if by.kind is ActorKind.AGENT else None
    values = {"rows": db.json(rows), "at": at, "agent": agent}
    db.value(_PUT_DOWN, values)
    db.execute(_BEGIN, values)
    set_field(FIELD, {key: one.writes for key, one in found.items() if one.writes is not None}, by=by, at=at)
    record(*(_told(key, one) for key, one in found.items()), by=by, at=at)


def _told(customer: int, change: Change) -> Happening:
    name = "tier.given" if change.is_given else "tier.reached" if change.tier is not None else "tier.lost"
    return Happening(name, "customer", customer, customer=customer, data={"tier": change.tier})


def _keep_field(wanted: Sequence[Tier], *, by: Actor, at: datetime) -> None:
    """The field that carries it is there, with these to choose from."""
    choices = tuple(Choice(one.code, one.name.strip()) for one in wanted)
    held = next((row for row in fields_of("customer") if row.code == FIELD), None)
    if held is None:
        if wanted:
            define_field(
                "customer", definition=Definition(FIELD, "Tier", "choice", choices), is_listed=True, by=by, at=at
            )
        return
    now = definition_of(held)
    if now.kind == "choice" and wanted and now.choices != choices:
        changed = Definition(FIELD, now.name, now.kind, choices, now.is_required)
        change_field(held.id, definition=changed, is_listed=held.is_listed, by=by, at=at)


def _check(wanted: Sequence[Tier]) -> None:
    if len(wanted) > MOST:
        raise LoyaltyRefused("too_many_tiers", f"There are at most {MOST} tiers.")
    codes = [one.code for one in wanted]
    if len(set(codes)) < len(codes):
        raise LoyaltyRefused("tier_twice", "Each tier has a code of its own.")
    for one in wanted:
        if not CODE.fullmatch(one.code) or not one.name.strip():
            raise LoyaltyRefused("bad_tier", "A tier has a name, and a code of small letters, digits and _.")
        if (one.least is not None and one.least.minor <= 0) or (one.least_orders is not None and one.least_orders <= 0):
            raise LoyaltyRefused("bad_tier", f"What {one.name} asks for is more than nothing.")
        if one.months is not None and not 0 < one.months <= 120:
            raise LoyaltyRefused("bad_tier", f"{one.name} looks back over 1 to 120 months.")
