"""Orders that are kept in a shop elsewhere are followed: whatever it tells, twice, late or out of order, it is asked what is so.

Nothing here asks a shop inside a transaction. A webhook only says which order to look at; that none is lost, the shop is asked every few
minutes what changed. What goes back there bears a key of ours, and the shop is asked first what went back already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from careline.domain.customers import commands as customers
from careline.domain.customers.queries.merges import root_of
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands import carrying_out, shops, shops_orders
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.shops import (
    customer_of_buyer,
    known_order,
    settings_of,
    shop_by_id,
    shop_by_token,
)
from careline.domain.orders.shops import (
    BadEvent,
    Shop,
    ShopDown,
    ShopOrder,
    ShopRefused,
    shop_of,
)
from careline.flows.written_address import number_called

LARGEST = 2_000_000
_MOST = 50


def take_shop_event(token: str, body: bytes, headers: Mapping[str, str], *, at: datetime) -> bool:
    """Kept once by its id; False where it came before. Raises NotFound, BadEvent."""
    row = shop_by_token(token)
    if row is None or not row.is_active:
        raise NotFound("There is no such shop.")
    if len(body) > LARGEST:
        raise BadEvent("It is too large.")
    event = _adapter(row).event(body, headers)
    if not event.id:
        return False
    known = known_order(row.id, event.subject) if event.updated_at else None
    if known is not None and event.updated_at is not None and event.updated_at < known.updated_at:
        shops.keep_event(row.id, external_id=event.id, topic=event.topic, subject=event.subject, state="ignored", at=at)
        return False
    is_new = shops.keep_event(row.id, external_id=event.id, topic=event.topic, subject=event.subject, at=at)
    shops.note_heard(row.id, at=at)
    return is_new


def work_on_shops(*, at: datetime) -> int:
    """One round of the worker: what was told, what changed, what has to go back. How much was done."""
    done = 0
    while done < _MOST and _work_on_event(at=at):
        done += 1
    shops.queue_acts(at=at)
    while done < 2 * _MOST and _work_on_act(at=at):
        done += 1
    while done < 3 * _MOST and _catch_up(at=at):
        done += 1
    return done


def _work_on_event(*, at: datetime) -> bool:
    event = shops.claim_event(at=at)
    if event is None:
        return False
    row = shop_by_id(event.shop_id)
    try:
        seen = _adapter(row).order(event.subject)
        is_news = seen is not None and _keep(row, seen, at=at)
    except ShopDown as failure:
        shops.note_event(event, "new", sentence=str(failure), after=failure.after, at=at)
        shops.note_shop_failed(event.shop_id, str(failure), after=failure.after, at=at)
    except (ShopRefused, OrderRefused) as refusal:
        shops.note_event(event, "failed", sentence=str(refusal), at=at)
    else:
        shops.note_event(event, "done" if is_news else "ignored", at=at)
    return True


def _catch_up(*, at: datetime) -> bool:
    """One page of what changed in the next shop that is due. The cursor moves once all of the page is here."""
    row = shops.claim_shop(at=at)
    if row is None:
        return False
    try:
        page = _adapter(row).orders_since(row.cursor)
    except ShopDown as failure:
        shops.note_shop_failed(row.id, str(failure), after=failure.after, at=at)
        return True
    except ShopRefused as refusal:
        shops.note_shop_failed(row.id, str(refusal), at=at)
        return True
    for key, sentence in page.unread:
        _put_aside(row.id, key, sentence, at=at)
    for seen in page.orders:
        try:
            _keep(row, seen, at=at)
        except OrderRefused as refusal:
            _put_aside(row.id, seen.key, str(refusal), at=at)
    shops.note_caught_up(row.id, before=row.cursor, cursor=page.cursor, has_more=page.has_more, at=at)
    return True


def _put_aside(shop: int, key: str, sentence: str, *, at: datetime) -> None:
    """An order that can't be read holds nothing else up, and stands in the settings."""
    shops.keep_event(
        shop,
        external_id=f"unread {key} {sentence}",
        topic="catch-up",
        subject=key,
        state="failed",
        sentence=sentence,
        at=at,
    )


def _keep(row: Any, seen: ShopOrder, *, at: datetime) -> bool:
    """Written down, or followed; False where that, or something newer, is known. Raises OrderRefused; then nothing has changed."""
    known = known_order(row.id, seen.key)
    if known is not None and _is_known(known, seen):
        return False
    with transaction.atomic():
        shops_orders.hold_shop_order(row.id, seen.key)
        known = known_order(row.id, seen.key)
        if known is not None and _is_known(known, seen):
            return False
        customer = known.customer_id if known is not None else _customer(row, seen, at=at)
        carrying_out.hold_customer(root_of(customer) or customer)
        if known is None:
            here = replace(seen, phone=number_called(seen.phone))
            shops_orders.bring_in(row, here, customer=customer, at=at)
            known = known_order(row.id, seen.key)
        shops_orders.follow(row, known, seen, at=at)
    return True


def _is_known(known: Any, seen: ShopOrder) -> bool:
    return seen.updated_at < known.updated_at or bool(known.digest == shops_orders.digest_of(seen))


def _customer(row: Any, seen: ShopOrder, *, at: datetime) -> int:
    """Whoever has the address, where it is theirs for sure; else whom the shop knows them as; else somebody new."""
    if "@" in seen.mail and (seen.is_mail_verified or row.trusts_mail):
        found = customers.known_by("email", seen.mail, name=seen.name, by=SYSTEM, at=at)
        return root_of(found) or found
    before = customer_of_buyer(row.id, seen.buyer)
    if before is not None:
        return root_of(before) or before
    return int(customers.add(name=seen.name or seen.mail, by=SYSTEM, at=at).pk)


def _work_on_act(*, at: datetime) -> bool:
    """Money goes back, once: what went back already is looked at first, each time."""
    act = shops.claim_act(at=at)
    if act is None:
        return False
    try:
        adapter = _adapter(shop_by_id(act.shop_id))
        known = {one.key: one for one in adapter.given_back(act.subject) if one.key}
        lines = [(line[0], line[1], line[2]) for line in act.lines]
        given = known.get(act.key) or adapter.give_back(act.subject, act.amount, act.currency, lines, key=act.key)
    except ShopDown as failure:
        shops.note_act_waits(act, str(failure), after=failure.after, at=at)
        shops.note_shop_failed(act.shop_id, str(failure), after=failure.after, at=at)
    except ShopRefused as refusal:
        if refusal.code in ("401", "403"):
            shops.note_act_waits(act, str(refusal), at=at)
            shops.note_shop_failed(act.shop_id, str(refusal), at=at)
        else:
            with transaction.atomic():
                shops.end_act(act, external_id="", reference="", sentence=str(refusal), at=at)
    else:
        with transaction.atomic():
            reference = shops_orders.reference_of(act.shop_id, given.id)
            shops.end_act(act, external_id=given.id, reference=reference, at=at)
    return True


def _adapter(row: Any) -> Shop:
    return shop_of(settings_of(row, networks=tuple(settings.WEBHOOK_NETWORKS)))
