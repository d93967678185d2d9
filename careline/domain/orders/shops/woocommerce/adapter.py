"""Asking WooCommerce. A consumer key and secret that may read and write, over https; a webhook has a secret of its own."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from careline.domain.orders.shops.asking import MARK, ask, key_in, moment, needed, require_signed
from careline.domain.orders.shops.contract import BadEvent, Event, Given, Page, ShopOrder, ShopRefused, ShopSettings
from careline.domain.orders.shops.woocommerce.reading import order_of
from careline.kit.money import decimal_of

API = "/wp-json/wc/v3"
PAGE = 50
OVERLAP = timedelta(minutes=2)
_SECOND = timedelta(seconds=1)
_PING = re.compile(rb"webhook_id=[0-9]{1,18}")
_FINAL = ("woocommerce_rest_cannot_create_order_refund", "woocommerce_rest_invalid_order_refund_amount")


class WooCommerce:
    def __init__(self, settings: ShopSettings) -> None:
        self._settings = settings

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        if _PING.fullmatch(body):
            return Event("", "ping", "")
        require_signed(body, headers.get("X-WC-Webhook-Signature", ""), secret=self._settings.webhook)
        key, topic = headers.get("X-WC-Webhook-Delivery-ID", ""), headers.get("X-WC-Webhook-Topic", "")
        try:
            said = json.loads(body)
            subject = str(said.get("id") or "") if topic.startswith("order.") else ""
        except (ValueError, AttributeError):
            raise BadEvent("This is no event.") from None
        if not key:
            raise BadEvent("This event has no id.")
        return Event(key, topic, subject, moment(said.get("date_modified_gmt")))

    def order(self, key: str) -> ShopOrder | None:
        try:
            said, _answer = self._ask("GET", f"/orders/{quote(key, safe='')}")
        except ShopRefused as refused:
            if refused.code == "404":
                return None
            raise
        return self._read(said)

    def orders_since(self, cursor: str) -> Page:
        """Asked for by the moment of change: pages by number would lose what moves between them. Only where a whole page changed in one
        second, the cursor says behind a blank which page of that second comes next."""
        since, _blank, words = cursor.partition(" ")
        start, page = needed(since), int(words) if words.isdecimal() else 1
        query = {
            "orderby": "modified", "order": "asc", "per_page": str(PAGE), "page": str(page), "dates_are_gmt": "true",
            "modified_after": _plain(start - _SECOND),
        }  # fmt: skip
        found, answer = self._ask("GET", "/orders", query)
        orders, unread = [], []
        for one in found:
            try:
                orders.append(self._read(one))
            except ShopRefused as refused:
                unread.append((str(one.get("id")), str(refused)))
        last = max([start, *(needed(one["date_modified_gmt"]) for one in found)])
        pages = answer.headers.get("x-wp-totalpages", "")
        if pages.isdecimal() and int(pages) > page:
            cursor = last.isoformat() if last > start else f"{since} {page + 1}"
            return Page(tuple(orders), cursor, True, tuple(unread))
        # an empty page leaves the moment where it is, so that it does not wander back
        return Page(
            tuple(orders), (last - OVERLAP).isoformat() if last > start + OVERLAP else since, unread=tuple(unread)
        )

    def give_back(
        self, order: str, amount: int, currency: str, lines: Sequence[tuple[str, int, int]], *, key: str
    ) -> Given:
        """As a sum: lines would need to be parted into price and tax as that shop counts them."""
        body = {
            "amount": decimal_of(amount, currency),
            "reason": f"{MARK}{key}",
            "api_refund": True,
            "api_restock": False,
        }
        said, _answer = self._ask("POST", f"/orders/{quote(order, safe='')}/refunds", body=body)
        return Given(str(said["id"]), key)

    def given_back(self, order: str) -> list[Given]:
        return [Given(str(one["id"]), key_in(one.get("reason"))) for one in self._refunds(order)]

    def _read(self, said: Any) -> ShopOrder:
        has_some = isinstance(said, dict) and bool(said.get("refunds"))
        return order_of(said, self._refunds(str(said.get("id"))) if has_some else [])

    def _refunds(self, order: str) -> list[Any]:
        said, _answer = self._ask("GET", f"/orders/{quote(order, safe='')}/refunds", {"per_page": "100"})
        return list(said)

    def _ask(
        self, method: str, path: str, query: Mapping[str, str] | None = None, *, body: Mapping[str, Any] | None = None
    ) -> tuple[Any, Any]:  # fmt: skip
        words = base64.b64encode(f"{self._settings.key}:{self._settings.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {words}"}
        return ask(self._settings, method, API + path, headers=headers, query=query, body=body, final=_FINAL)


def _plain(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
