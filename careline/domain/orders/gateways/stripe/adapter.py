"""Asking Stripe: forms go out, JSON comes back; every POST bears an idempotency key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from careline.domain.orders.gateways import contract
from careline.domain.orders.gateways.contract import (
    BadEvent,
    Event,
    GatewayDown,
    GatewayRefused,
    GatewaySettings,
    Given,
    Session,
    Wanted,
)
from careline.domain.orders.gateways.stripe.amounts import counted, minor_of
from careline.domain.orders.gateways.stripe.signing import is_signed
from careline.kit.outgoing_call import Unanswered, call
from careline.kit.outgoing_http import Refused
from careline.kit.outgoing_post import allowing

URL = "https://api.stripe.com"
VERSION = "2024-06-20"
LONGEST_WAIT = 3600
_BUSY = (409, 429)
_SESSION_KINDS = ("checkout.session.",)
_REFUND_KINDS = ("refund.", "charge.refund")
_EXPANDED = {"expand[]": "payment_intent.latest_charge"}


class Stripe:
    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings

    def create_session(self, wanted: Wanted, *, key: str) -> Session:
        form = {
            "mode": "payment", "success_url": wanted.success_url, "cancel_url": wanted.cancel_url, "client_reference_id": wanted.reference,
            "line_items[0][quantity]": "1", "line_items[0][price_data][currency]": wanted.currency.lower(),
            "line_items[0][price_data][unit_amount]": str(counted(wanted.amount, wanted.currency)),
            "line_items[0][price_data][product_data][name]": wanted.title[:250], "metadata[careline]": wanted.reference,
            "payment_intent_data[metadata][careline]": wanted.reference,
        }  # fmt: skip
        if wanted.mail:
            form["customer_email"] = wanted.mail
        return _session(self._ask("POST", "/v1/checkout/sessions", form, key=key))

    def session(self, key: str) -> Session:
        return _session(self._ask("GET", f"/v1/checkout/sessions/{quote(key, safe='')}", _EXPANDED))

    def end_session(self, key: str) -> Session:
        try:
            return _session(
                self._ask("POST", f"/v1/checkout/sessions/{quote(key, safe='')}/expire", {}, key=f"end-{key}")
            )
        except GatewayRefused:
            return self.session(key)

    def give_back(self, payment: str, amount: int, currency: str, *, key: str) -> Given:
        form = {"payment_intent": payment, "amount": str(counted(amount, currency)), "metadata[careline]": key}
        return _given(self._ask("POST", "/v1/refunds", form, key=key))

    def given_back(self, payment: str) -> list[Given]:
        found = self._ask("GET", "/v1/refunds", {"payment_intent": payment, "limit": "100"})
        return [_given(one) for one in found.get("data", ())]

    def event(self, body: bytes, headers: Mapping[str, str], *, at: datetime) -> Event:
        header = headers.get("Stripe-Signature", "")
        if not is_signed(body, header, secret=self._settings.webhook, now=int(at.timestamp())):
            raise BadEvent("This is not signed by the gateway, or too old.")
        try:
            said = json.loads(body)
            kind, subject = str(said["type"]), said["data"]["object"]
            return Event(str(said["id"]), kind, _subject(kind, subject))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadEvent("This is no event.") from None

    def _ask(self, method: str, path: str, form: Mapping[str, str], *, key: str = "") -> dict[str, Any]:
        """Raises GatewayDown where nobody knows whether it was done, GatewayRefused where it was not."""
        words = urlencode(form)
        url = self._settings.url + path + (f"?{words}" if method == "GET" and words else "")
        headers = {"Authorization": f"Bearer {self._settings.key}", "Stripe-Version": VERSION, "User-Agent": "Careline"}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": key}
        try:
            answer = call(
                method, url, body=words.encode() if method == "POST" else b"", headers=headers, allowed=allowing(self._settings.networks)
            )  # fmt: skip
        except (Refused, Unanswered, UnicodeError) as failure:
            raise GatewayDown(str(failure)) from failure
        said = _read(answer.content)
        if answer.status == 200 and said is not None:
            return said
        error = (said or {}).get("error") or {}
        sentence = str(error.get("message") or f"It answered {answer.status}.")[:300]
        if answer.status in _BUSY or answer.status >= 500 or said is None:
            raise GatewayDown(sentence, after=_seconds(answer.retry_after))
        raise GatewayRefused(str(error.get("code") or error.get("type") or answer.status)[:60], sentence)


def _session(said: Mapping[str, Any]) -> Session:
    """Whose it is stands in its metadata, which only who has the key can write: client_reference_id is part of the address of a
    Payment Link, and whoever pays there writes it."""
    intent = said.get("payment_intent")
    charge = (intent.get("latest_charge") or {}) if isinstance(intent, dict) else {}
    card = ((charge if isinstance(charge, dict) else {}).get("payment_method_details") or {}).get("card") or {}
    currency = str(said.get("currency") or "").upper()
    ends = said.get("expires_at")
    return Session(
        str(said["id"]), _state(said), str(said.get("url") or ""), minor_of(int(said.get("amount_total") or 0), currency), currency,
        str(intent.get("id", "") if isinstance(intent, dict) else intent or ""), str(card.get("brand") or ""), str(card.get("last4") or ""),
        str((said.get("metadata") or {}).get("careline") or ""), datetime.fromtimestamp(int(ends), UTC) if ends else None,
    )  # fmt: skip


def _state(said: Mapping[str, Any]) -> str:
    status, paid = said.get("status"), said.get("payment_status")
    if paid in ("paid", "no_payment_required"):
        return contract.PAID
    return {"open": contract.OPEN, "complete": contract.UNDER_WAY}.get(str(status), contract.OVER)


def _given(said: Mapping[str, Any]) -> Given:
    state = {"succeeded": contract.DONE, "failed": contract.FAILED, "canceled": contract.FAILED}.get(
        str(said.get("status")), contract.PENDING
    )
    key = str((said.get("metadata") or {}).get("careline") or "")
    return Given(str(said["id"]), state, key, str(said.get("failure_reason") or ""))


def _subject(kind: str, said: Mapping[str, Any]) -> str:
    """What has to be looked at: a session, or the payment that something went back of; empty where it is nothing to us."""
    if kind.startswith(_SESSION_KINDS):
        return str(said.get("id") or "")
    if kind.startswith(_REFUND_KINDS):
        return str(said.get("payment_intent") or "")
    return ""


def _read(content: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(content)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _seconds(words: str) -> int:
    return min(int(words), LONGEST_WAIT) if words.isascii() and words.isdecimal() and len(words) < 6 else 0
