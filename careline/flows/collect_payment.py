"""Money comes in by a payment link, once: whatever the gateway tells, twice, late or out of order, it is asked what is so.

Nothing here asks a gateway inside a transaction. What it was asked to do bears a key of ours, so that a gateway that timed out
after doing it does not do it again; what it tells by a webhook only says what has to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands import carrying_out, selling_pay
from careline.domain.orders.commands.awaited_periods import settle_period
from careline.domain.orders.commands.charges import begin_bought
from careline.domain.orders.commands.money import await_no_more
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.gateways import (
    FAKE,
    STRIPE,
    BadEvent,
    Gateway,
    GatewayDown,
    GatewayRefused,
    Session,
    Wanted,
    gateway_of,
)
from careline.domain.orders.gateways.contract import DONE, FAILED, OPEN, OVER, PAID
from careline.domain.orders.gateways.stripe.adapter import URL as STRIPE_URL
from careline.domain.orders.queries.selling_pay import (
    acts_about,
    due_looks,
    gateway_settings,
    link_by_id,
    link_by_token,
    link_of_session,
    owed_of,
)
from careline.domain.staff.queries import person
from careline.flows.payment_link import link_row
from careline.flows.selling_letters import page_of, paid_letter, tell
from careline.kit.money import Money

LOOK_EVERY = timedelta(minutes=10)
SOON = timedelta(seconds=30)
FAKE_AT = "/demo/stripe"
_LOOPBACK = ("127.0.0.0/8", "::1/128")


@dataclass(frozen=True, slots=True)
class Taken:
    """Where the customer pays; empty where it is paid already."""

    url: str


def gateway_named(kind: str) -> Gateway:
    """Raises OrderRefused where it is switched off."""
    held = gateway_settings(kind)
    if held is None:
        raise OrderRefused("no_gateway", "No payment gateway is set up: an administrator adds one in the settings.")
    if kind == FAKE:
        return gateway_of(replace(held, url=held.url or settings.PUBLIC_URL + FAKE_AT, networks=_LOOPBACK))
    return gateway_of(replace(held, url=held.url or STRIPE_URL, networks=tuple(settings.WEBHOOK_NETWORKS)))


def begin_payment(token: str, *, at: datetime) -> Taken:
    """The gateway's page for a link. Raises NotFound, OrderRefused, GatewayDown: then they try again in a while."""
    link = link_by_token(token)
    if link is None:
        raise NotFound("There is no such link.")
    if link.session:
        look_at_link(link.id, at=at)
        link = link_row(link.id)
    if link.state == "paid":
        return Taken("")
    _require_open(link, at=at)
    if link.session and link.session_url and (link.session_ends_at is None or link.session_ends_at > at + SOON):
        return Taken(link.session_url)
    with transaction.atomic():
        held = selling_pay.locked_link(link.id)
        if held is None or held.session != link.session:
            raise OrderRefused("try_again", "This was opened twice at once: try again.")
        key = selling_pay.begin_session(held, at=at)
    title = f"#{link.number}"
    back = page_of(_case_of(link), f"/pay/{link.token}")
    wanted = Wanted(
        link.amount, link.currency, title, f"link-{link.id}", f"{back}?done=1", back, link.mail, link.language
    )
    made = _refused_as_order(lambda: gateway_named(link.gateway).create_session(wanted, key=key))
    with transaction.atomic():
        held = selling_pay.locked_link(link.id)
        if held is not None and held.state == "open":
            selling_pay.note_session(held, session=made.id, url=made.url, ends_at=made.ends_at, look_at=at + LOOK_EVERY)
    return Taken(made.url)


def look_at_link(key: int, *, at: datetime) -> str:
    """Asks the gateway what became of a link's page; the link's state afterwards. Raises GatewayDown."""
    link = link_by_id(key)
    if link is None or not link.session or link.state == "paid":
        return link.state if link is not None else ""
    try:
        session = gateway_named(link.gateway).session(link.session)
    except (GatewayRefused, OrderRefused):
        selling_pay.look_again(link.id, at=None)
        return str(link.state)
    return note_what_became(link.id, session, at=at)


def note_what_became(key: int, session: Session, *, at: datetime) -> str:
    """The money of a session is put down once, on the order; money that nobody owes any more goes back. The link's state."""
    seen = link_by_id(key)
    if seen is None:
        return ""
    with transaction.atomic():
        carrying_out.hold_customer(seen.customer_id)
        case = cases.locked_where_it_stands(seen.conversation_id) if seen.conversation_id else None
        order = carrying_out.held(seen.order_id)
        link = selling_pay.locked_link(key)
        if link is None:
            return ""
        if session.state != PAID:
            _wait_on(link, session, at=at)
            return str(link.state)
        if link.state == "paid" or order.state == "cancelled":
            if not _is_its_payment(link, session):
                selling_pay.note_paid_twice(
                    link, customer=order.customer_id, reference=session.payment, amount=session.amount, at=at
                )
                selling_pay.look_again(link.id, at=None)
            return str(link.state)
        selling_pay.note_paid(
            link, customer=order.customer_id, reference=session.payment, label=session.brand.capitalize(), last_four=session.last_four,
            amount=session.amount, at=at,
        )  # fmt: skip
        await_no_more(order.id)
        if owed_of(order.id) <= 0 and not settle_period(order, conversation=link.conversation_id, by=SYSTEM, at=at):
            begin_bought(order.id, conversation=link.conversation_id, by=SYSTEM, at=at)
        _tell_paid(link, order.number, case, at=at)
    return "paid"


def take_event(kind: str, body: bytes, headers: Mapping[str, str], *, at: datetime) -> bool:
    """What came to the webhook, kept as it came; False where it came before. Raises BadEvent, OrderRefused."""
    if len(body) > 500_000:
        raise BadEvent("It is too large.")
    event = gateway_named(kind).event(body, headers, at=at)
    return selling_pay.keep_event(
        kind, external_id=event.id[:255], kind=event.kind[:100], subject=event.subject[:255], body=body.decode("utf-8", "replace").replace("\0", ""),
        at=at,
    )  # fmt: skip


def work_on_payments(*, at: datetime) -> int:
    """One round of the worker: events, pages that stand open, acts that are due. How much was done."""
    done = 0
    while done < 50 and _work_on_event(at=at):
        done += 1
    for link in due_looks(at=at):
        selling_pay.look_again(link.id, at=at + LOOK_EVERY)
        try:
            look_at_link(link.id, at=at)
        except GatewayDown:
            continue
        done += 1
    selling_pay.queue_refunds(at=at)
    while done < 100 and _work_on_act(at=at):
        done += 1
    return done


def _work_on_event(*, at: datetime) -> bool:
    with transaction.atomic():
        event = selling_pay.claim_event(at=at)
    if event is None:
        return False
    try:
        told = _followed(event, at=at)
    except (GatewayDown, OrderRefused) as failure:
        selling_pay.note_event(event, "new", sentence=str(failure))
    except GatewayRefused as refusal:
        selling_pay.note_event(event, "failed", sentence=str(refusal))
    else:
        selling_pay.note_event(event, "done" if told else "ignored")
    return True


def _followed(event: Any, *, at: datetime) -> bool:
    """False where it is about nothing of ours. Raises GatewayDown, GatewayRefused."""
    link = link_of_session(event.gateway, event.subject)
    if link is not None:
        note_what_became(link.id, gateway_named(event.gateway).session(event.subject), at=at)
        return True
    if event.kind.startswith("checkout."):
        return _followed_older(event, at=at)
    acts = acts_about(event.gateway, event.subject)
    if acts:
        given = {one.key: one for one in gateway_named(event.gateway).given_back(event.subject)}
        for act in acts:
            if act.key in given:
                _note_given(act, given[act.key], at=at)
    return bool(acts)


def _followed_older(event: Any, *, at: datetime) -> bool:
    """A page that was given up for a newer one, or whose answer never reached us: the gateway says whose it was."""
    session = gateway_named(event.gateway).session(event.subject)
    name, _dash, key = session.reference.partition("-")
    link = link_by_id(int(key)) if name == "link" and key.isdecimal() and len(key) <= 18 else None
    if link is None:
        return False
    if session.state == PAID:
        if (session.amount, session.currency) != (link.amount, link.currency):
            raise GatewayRefused("other_amount", "This page asked for another amount than its payment link does.")
        note_what_became(int(key), session, at=at)
    return True


def _work_on_act(*, at: datetime) -> bool:
    """Money goes back, once: what was tried before is looked for first."""
    with transaction.atomic():
        act = selling_pay.claim_act(at=at)
    if act is None:
        return False
    try:
        gateway = gateway_named(act.gateway)
        known = {one.key: one for one in gateway.given_back(act.reference)} if act.tries > 1 else {}
        given = known.get(act.key) or gateway.give_back(act.reference, act.amount, act.currency, key=act.key)
    except GatewayDown as failure:
        selling_pay.note_act(act, "waiting", sentence=str(failure), after=failure.after, at=at)
    except OrderRefused as failure:
        selling_pay.note_act(act, "waiting", sentence=str(failure), at=at)
    except GatewayRefused as refusal:
        with transaction.atomic():
            selling_pay.note_act(act, "failed", sentence=str(refusal), at=at)
            if act.payment_id:
                selling_pay.note_given_back(act.payment_id, reference="", is_done=False, at=at)
    else:
        _note_given(act, given, at=at)
    return True


def _note_given(act: Any, given: Any, *, at: datetime) -> None:
    with transaction.atomic():
        if given.state not in (DONE, FAILED):
            selling_pay.note_act(act, "waiting", external_id=given.id, after=3600, at=at)
            return
        selling_pay.note_act(
            act, "done" if given.state == DONE else "failed", external_id=given.id, sentence=given.sentence, at=at
        )
        if act.payment_id:
            reference = f"{act.gateway}:{given.id}"
            selling_pay.note_given_back(act.payment_id, reference=reference, is_done=given.state == DONE, at=at)


def _wait_on(link: Any, session: Session, *, at: datetime) -> None:
    """Open, or the bank works on it: looked at again. Over: the next who opens the link gets another page."""
    if link.session == session.id:
        selling_pay.look_again(link.id, at=None if session.state == OVER else at + LOOK_EVERY)
        if session.state not in (OPEN, OVER):
            selling_pay.note_session(link, session=session.id, url="", ends_at=session.ends_at, look_at=at + LOOK_EVERY)
        elif session.state == OVER:
            selling_pay.note_session(link, session=session.id, url="", ends_at=at, look_at=at + timedelta(days=3650))
            selling_pay.look_again(link.id, at=None)


def _is_its_payment(link: Any, session: Session) -> bool:
    return link.state == "paid" and link.session == session.id


def _require_open(link: Any, *, at: datetime) -> None:
    if link.state != "open" or link.due_at <= at:
        raise OrderRefused("link_over", "This link is not good any more: write to us, and we send you another one.")
    if link.order_state == "cancelled":
        raise OrderRefused("order_cancelled", "The order is cancelled: nothing is owed for it.")


def _refused_as_order(ask: Callable[[], Session]) -> Session:
    try:
        return ask()
    except GatewayRefused as refusal:
        raise OrderRefused("gateway_refused", "It can't be paid here just now: write to us, please.") from refusal


def _case_of(link: Any) -> Any:
    return conversation_by_id(link.conversation_id) if link.conversation_id else None


def _tell_paid(link: Any, number: str, case: Any, *, at: datetime) -> None:
    """The customer hears of it on the case, from whoever sent the link."""
    agent = person(link.agent_id) if link.agent_id else None
    if agent is None or case is None:
        return
    words = paid_letter(number, Money(link.amount, link.currency), language=link.language)
    tell(agent, case.number, words, by=SYSTEM, at=at)


__all__ = ["STRIPE", "begin_payment", "look_at_link", "note_what_became", "take_event", "work_on_payments"]
