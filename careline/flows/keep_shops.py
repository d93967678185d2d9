"""Shops of the company elsewhere are added, changed and switched off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import shops_keeping
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.shops import remarks_of, shop_by_id, shops
from careline.domain.orders.rules.numbers import number_of
from careline.domain.orders.shops import KINDS
from careline.domain.staff.rules import Person, require
from careline.kit.outgoing_http import Refused, check_url
from careline.kit.outgoing_post import allowing

VERB = "channel:manage"
SECRETS = ("key", "secret", "webhook")
_CODE = re.compile(r"[A-Z0-9]{1,8}")

__all__ = ["ShopChange", "add_shop", "address_of_hook", "change_shop", "remarks_of", "shops_for"]


@dataclass(frozen=True, slots=True)
class ShopChange:
    """None leaves as it is. `code`: letters before its order numbers, for a new one only."""

    kind: str = ""
    name: str | None = None
    code: str = ""
    url: str | None = None
    trusts_mail: bool | None = None
    is_active: bool | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


def shops_for(agent: Person) -> list[Any]:
    """All of them, with how they fare (queries/shops.py). Raises Forbidden."""
    require(agent, VERB)
    return shops()


def add_shop(agent: Person, said: ShopChange, *, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden, OrderRefused."""
    require(agent, VERB)
    if said.kind not in KINDS:
        raise OrderRefused("no_such_kind", f"There is no kind of shop {said.kind[:40]}; there are {', '.join(KINDS)}.")
    code = said.code.strip().upper()
    if not _CODE.fullmatch(code):
        raise OrderRefused(
            "bad_code", "One to eight letters and digits stand before the order numbers of a shop, as in WEB."
        )
    if number_of(f"{code}-1") != f"{code}-1":
        raise OrderRefused("bad_code", "People say these letters for the word number: choose others, as in WEB.")
    return shops_keeping.keep_shop(None, _kept(said, said.kind, code, None), by=by, at=at)


def change_shop(agent: Person, key: int, said: ShopChange, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, OrderRefused."""
    require(agent, VERB)
    row = shop_by_id(key)
    if row is None:
        raise NotFound("There is no such shop.")
    shops_keeping.keep_shop(key, _kept(said, row.kind, row.code, row), by=by, at=at)


def address_of_hook(token: str) -> str:
    return f"{settings.PUBLIC_URL}/hooks/shops/{token}"


def _kept(said: ShopChange, kind: str, code: str, row: object) -> shops_keeping.Keeping:
    given: dict[str, Any] = {
        name: getattr(row, name, default) if getattr(said, name) is None else getattr(said, name)
        for name, default in (("name", ""), ("url", ""), ("trusts_mail", False), ("is_active", True))
    }
    name, url = " ".join(given["name"].split())[:100], given["url"].strip().rstrip("/")
    if not name:
        raise OrderRefused("no_name", "A shop has a name.")
    _require_address(url)
    secrets = {one: said.secrets.get(one, "").strip() for one in SECRETS}
    if any(not one.isascii() or not one.isprintable() or len(one) > 500 for one in secrets.values()):
        raise OrderRefused("bad_key", "A key of a shop is one line of plain letters.")
    return shops_keeping.Keeping(kind, name, code, url, given["trusts_mail"], given["is_active"], secrets)


def _require_address(url: str) -> None:
    """Over https, but for a server of our own in a network that was named. Raises OrderRefused."""
    try:
        check_url(url, any_port=True)
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_ours = bool(settings.WEBHOOK_NETWORKS) and _is_address(host) and allowing(settings.WEBHOOK_NETWORKS)(host)
    except (Refused, ValueError) as wrong:
        raise OrderRefused("bad_address", f"This is no address of a shop: {wrong}") from None
    if len(url) > 300 or parts.query or parts.fragment or "@" in parts.netloc:
        raise OrderRefused("bad_address", "Write the address of a shop as in https://shop.example.com.")
    if parts.scheme != "https" and not is_ours:
        raise OrderRefused("not_https", "A shop is asked over https: its keys go there.")


def _is_address(host: str) -> bool:
    return host.replace(".", "").isdigit() or ":" in host
