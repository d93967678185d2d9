"""What was approved is done: on the customer's card, to their ways to pay, to a subscription of theirs. Once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.customers.commands import addresses, people
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.customers.rules.addresses import Unreachable
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import subscriptions
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.queries.subscriptions import subscription_of
from careline.domain.requests.commands import requests
from careline.domain.requests.errors import RequestRefused
from careline.domain.requests.rules.content import FIELD, Effect
from careline.flows.hold_service_request import HeldRequest
from careline.flows.written_address import kept_form
from careline.kit.money import decimal_of
from careline.kit.typed_fields import Unfit, read

_LAST_FOUR = 4


def carry_out_service_request(held: HeldRequest, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Codes and ids of what was changed. Joins the caller's transaction. Raises Refused where it can't be done; then nothing is."""
    row = requests.held(held.row.id)
    done: dict[str, Any] = {}
    for effect in held.content.effects:
        value = row.values.get(effect.field)
        if effect.field == held.content.amount and row.amount is not None:
            value = decimal_of(row.amount, row.currency)
        if value is not None:
            done[effect.target] = _carry(held, effect, value, by=by, at=at)
    if not requests.note_carried(row, done, by=by, at=at):
        raise RequestRefused("carried_out_before", "This was carried out before.")
    return done


def _carry(held: HeldRequest, effect: Effect, value: Any, *, by: Actor, at: datetime) -> int | bool:
    target = effect.target
    if target.startswith(FIELD):
        return _put_field(held.owner, target.removeprefix(FIELD), value, by=by, at=at)
    if target == "name":
        people.change(held.owner, name=str(value), by=by, at=at)
        return True
    if target in ("email", "phone", "postal"):
        try:
            made = addresses.add_address(held.owner, kind=target, value=kept_form(target, str(value)), by=by, at=at)
        except (Unreachable, addresses.AddressTaken) as unfit:
            raise RequestRefused("unfit_address", str(unfit)) from unfit
        addresses.make_primary(held.owner, address=made.pk, by=by, at=at)
        return int(made.pk)
    if target == "bank":
        plain = "".join(str(value).split())
        return add_method(held.owner, "bank", label="Bank", last_four=plain[-_LAST_FOUR:], at=at)
    return _end_subscription(held, str(value), by=by, at=at)


def _put_field(owner: int, code: str, value: Any, *, by: Actor, at: datetime) -> bool:
    known = {one.code: one for one in definitions("customer")}
    if code not in known:
        raise RequestRefused("field_gone", "The field this would be written to is not there any more.")
    try:
        kept = read(known[code], value)
    except Unfit as unfit:
        raise RequestRefused("unfit_values", str(unfit)) from unfit
    people.change(owner, fields={code: kept}, by=by, at=at)
    return True


def _end_subscription(held: HeldRequest, number: str, *, by: Actor, at: datetime) -> int:
    found = subscription_of(everybody_in(held.owner), number)
    if found is None:
        raise RequestRefused("no_such_subscription", "The customer has no subscription or policy of this number.")
    row = subscriptions.held(found)
    subscriptions.end_with_period(row, reason="other", conversation=held.case.id, by=by, at=at)
    return int(row.id)
