"""Asking Shopify. An access token of a custom app with read_orders and write_orders; webhooks are signed with the app's secret."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from careline.domain.orders.shops.asking import MARK, ask, key_in, minor, moment, needed, require_signed, text
from careline.domain.orders.shops.contract import BadEvent, Event, Given, Page, ShopOrder, ShopRefused, ShopSettings
from careline.domain.orders.shops.shopify.reading import order_of
from careline.kit.money import decimal_of

VERSION = "2025-01"
PAGE = 50
OVERLAP = timedelta(minutes=2)
"""What was written there a little late is seen once more."""
_NEXT = re.compile(r'<([^<>]+)>\s*;\s*rel="?next"?')
_TAKEN = ("sale", "capture")


class Shopify:
    def __init__(self, settings: ShopSettings) -> None:
        self._settings = settings

    def event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        require_signed(body, headers.get("X-Shopify-Hmac-Sha256", ""), secret=self._settings.webhook)
        key, topic = headers.get("X-Shopify-Webhook-Id", ""), headers.get("X-Shopify-Topic", "")
        try:
            said = json.loads(body)
            subject = str(said.get("order_id") or ("" if not topic.startswith("orders/") else said.get("id") or ""))
        except (ValueError, AttributeError):
            raise BadEvent("This is no event.") from None
        if not key:
            raise BadEvent("This event has no id.")
        return Event(key, topic, subject, moment(said.get("updated_at")))

    def order(self, key: str) -> ShopOrder | None:
        try:
            said, _answer = self._ask("GET", f"/orders/{quote(key, safe='')}.json")
        except ShopRefused as refused:
            if refused.code == "404":
                return None
            raise
        return order_of(said["order"])

    def orders_since(self, cursor: str) -> Page:
        """The cursor is a moment, and behind a blank the page of Shopify's own that comes next."""
        since, _blank, page = cursor.partition(" ")
        query = {"limit": str(PAGE)} | (
            {"page_info": page} if page else {"status": "any", "order": "updated_at asc", "updated_at_min": since}
        )
        try:
            said, answer = self._ask("GET", "/orders.json", query)
        except ShopRefused:
            if not page:
                raise
            return Page((), since, has_more=True)
        found, orders, unread = said["orders"], [], []
        for one in found:
            try:
                orders.append(order_of(one))
            except ShopRefused as refused:
                unread.append((str(one.get("id")), str(refused)))
        last = max([needed(since), *(needed(one["updated_at"]) for one in found)])
        following = _following(answer.headers.get("link", ""))
        if following:
            return Page(tuple(orders), f"{last.isoformat()} {following}", True, tuple(unread))
        # an empty page leaves the moment where it is, so that it does not wander back
        return Page(
            tuple(orders),
            (last - OVERLAP).isoformat() if last > needed(since) + OVERLAP else since,
            unread=tuple(unread),
        )

    def give_back(
        self, order: str, amount: int, currency: str, lines: Sequence[tuple[str, int, int]], *, key: str
    ) -> Given:
        path = f"/orders/{quote(order, safe='')}"
        taken, _answer = self._ask("GET", f"{path}/transactions.json")
        body: dict[str, Any] = {
            "currency": currency, "notify": False, "note": f"{MARK}{key}",
            "refund_line_items": [
                {"line_item_id": _number(line), "quantity": units, "restock_type": "no_restock"} for line, units, _sum in lines if units
            ],
            "transactions": _parted(taken["transactions"], amount, currency),
        }  # fmt: skip
        said, _answer = self._ask("POST", f"{path}/refunds.json", body={"refund": body})
        return Given(str(said["refund"]["id"]), key)

    def given_back(self, order: str) -> list[Given]:
        said, _answer = self._ask("GET", f"/orders/{quote(order, safe='')}/refunds.json")
        return [Given(str(one["id"]), key_in(one.get("note"))) for one in said["refunds"]]

    def _ask(
        self, method: str, path: str, query: Mapping[str, str] | None = None, *, body: Mapping[str, Any] | None = None
    ) -> tuple[Any, Any]:  # fmt: skip
        headers = {"X-Shopify-Access-Token": self._settings.key}
        said, answer = ask(
            self._settings, method, f"/admin/api/{VERSION}{path}", headers=headers, query=query, body=body
        )
        if not isinstance(said, dict):
            raise ShopRefused("unreadable", "It answered with something that is not read here.")
        return said, answer


def _following(link: str) -> str:
    found = _NEXT.search(link)
    return parse_qs(urlsplit(found.group(1)).query).get("page_info", [""])[0] if found else ""


def _parted(taken: Sequence[Mapping[str, Any]], amount: int, currency: str) -> list[dict[str, Any]]:
    """A sum over the ways by which it came, as far as each still holds it. Raises ShopRefused."""
    gone: dict[Any, int] = {}
    for one in taken:
        if one.get("kind") == "refund" and one.get("status") in ("success", "pending"):
            gone[one.get("parent_id")] = gone.get(one.get("parent_id"), 0) + minor(one["amount"], currency)
    parts, left = [], amount
    for one in taken:
        if one.get("kind") in _TAKEN and one.get("status") == "success":
            part = min(left, minor(one["amount"], currency) - gone.get(one["id"], 0))
            if part > 0:
                parts.append(
                    {"parent_id": one["id"], "amount": decimal_of(part, currency), "kind": "refund", "gateway": one.get("gateway") or ""}
                )  # fmt: skip
                left -= part
    if left:
        raise ShopRefused("more_than_paid", "There is not so much in this shop that could go back.")
    return parts


def _number(key: str) -> int | str:
    return int(key) if key.isdecimal() else text(key)
